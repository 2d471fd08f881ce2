// Compression as options ask for it.
#pragma once

#include <fmt/core.h>

#include <string>
#include <utility>

#include "anneal/error.h"

namespace anneal::io::hts {

/// Throws Error(invalid_argument) for one that is not -1..9.
inline void check_level(int level) {
  if (level >= -1 && level <= 9) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("there is no compression level {}; give 0..9, or -1 for the usual one", level));
}

/// htslib's mode of opening with a level of compression, which check_level() has seen.
inline std::string mode_with_level(std::string mode, int level) {
  return level < 0 ? mode : std::move(mode) + static_cast<char>('0' + level);
}

}  // namespace anneal::io::hts

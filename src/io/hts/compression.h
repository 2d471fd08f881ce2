// Compression as options ask for it.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "anneal/error.h"

namespace anneal::io::hts {

/// htslib's mode of opening with a level of compression. Throws Error(invalid_argument) for one that is not -1..9.
inline std::string mode_with_level(std::string mode, int level) {
  if (level < -1 || level > 9) {
    throw Error(ErrorCode::invalid_argument, fmt::format("there is no compression level {}; give 0..9", level));
  }
  return level < 0 ? mode : std::move(mode) + static_cast<char>('0' + level);
}

}  // namespace anneal::io::hts

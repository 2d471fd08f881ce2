// Threads and compression as settings ask for them.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>

#include "anneal/error.h"
#include "io/hts/file.h"

namespace anneal::io::hts {

/// None for 0. Throws Error(invalid_argument) for a number that is not 0..4096.
inline Threads threads(int count) {
  constexpr int most = 4096;
  if (count < 0 || count > most) {
    throw Error(ErrorCode::invalid_argument, fmt::format("there cannot be {} threads; give 0..{}", count, most));
  }
  return count == 0 ? Threads() : Threads(count);
}

/// htslib's mode of opening with a level of compression. Throws Error(invalid_argument) for one that is not -1..9.
inline std::string mode_with_level(std::string mode, int level) {
  if (level < -1 || level > 9) {
    throw Error(ErrorCode::invalid_argument, fmt::format("there is no compression level {}; give 0..9", level));
  }
  return level < 0 ? mode : std::move(mode) + static_cast<char>('0' + level);
}

}  // namespace anneal::io::hts

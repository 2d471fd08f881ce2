// Threads as settings ask for them.
#pragma once

#include <fmt/format.h>

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

}  // namespace anneal::io::hts

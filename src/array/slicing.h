// Slices by Python's rules.
#pragma once

#include <cstdint>

#include "anneal/array.h"

namespace anneal::array {

/// Places first, first + step, ... along an axis.
struct Places {
  std::int64_t first = 0;  ///< 0 where there are none
  std::int64_t count = 0;
};

/// Of an axis with `size` elements. The step is not 0.
Places places_of(const Slice& slice, std::int64_t size);

}  // namespace anneal::array

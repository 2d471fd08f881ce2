// Slices: their places, and what is out of range.
#pragma once

#include <cstdint>

#include "anneal/array.h"

namespace anneal::array {

/// Places first, first + step, ... along an axis.
struct Places {
  std::int64_t first = 0;  ///< 0 where there are none
  std::int64_t count = 0;
};

/// Whether first and last, where given, are places of an axis with `size` elements, or just behind it.
bool is_in_range(const Slice& slice, std::int64_t size);

/// Of a slice that is in range. The step is not 0.
Places places_of(const Slice& slice, std::int64_t size);

}  // namespace anneal::array

// Elements by their size.
#pragma once

#include "array/strided.h"

namespace anneal::array::arrange {

// NaN is larger than all else; of equals, also of 0 and -0, the one at the lower place comes first.

/// Each line along the axis, ascending.
Values sort(const Strided& a, int axis);
/// The places on the axis, i64, in the order that sort() gives.
Values argsort(const Strided& a, int axis);

struct Top {
  Values values;
  Values places;  ///< i64
};
/// The largest `count` of each line, the largest first. Throws Error(invalid_argument) where a line has fewer.
Top top_k(const Strided& a, std::int64_t count, int axis);

}  // namespace anneal::array::arrange

// Elements by their places.
#pragma once

#include "array/strided.h"

namespace anneal::array::arrange {

/// numpy.take: the slices of `a` whose places on an axis are `indices`, i32 or i64; -1 is the last one. The axes of the
/// indices come instead of that axis. Throws Error(invalid_argument) that names the first place whose index is out of
/// range.
Values gather(const Strided& a, const Strided& indices, int axis);

}  // namespace anneal::array::arrange

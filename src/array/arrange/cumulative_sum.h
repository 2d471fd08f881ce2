// Sums of all elements so far.
#pragma once

#include "array/strided.h"

namespace anneal::array::arrange {

/// numpy.cumsum along an axis. Integers and booleans give i64, which wraps around. Floats are added up in order, in
/// f64, and each sum is rounded to their dtype: NumPy's own sums of f32 are less exact.
Values cumulative_sum(const Strided& a, int axis);

}  // namespace anneal::array::arrange

// What gather() takes, and the shape of what it gives.
#pragma once

#include <cstddef>
#include <cstdint>

#include "anneal/array.h"

namespace anneal::array::arrange {

/// Throws Error(invalid_argument) unless it is i32 or i64.
void check_index_dtype(DType dtype);

/// The axes of the indices instead of an axis, from 0 up.
Shape gathered_shape(const Shape& a, const Shape& indices, int axis);

/// Throws the Error(invalid_argument) of an index that an axis of `size` elements does not have: the k-th, in row-major
/// order, of indices of that shape.
[[noreturn]] void refuse_index(std::int64_t index, std::size_t k, const Shape& shape, int axis, std::int64_t size);

}  // namespace anneal::array::arrange

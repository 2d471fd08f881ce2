// Arithmetic of shapes. Whatever does not fit throws Error(invalid_argument) that names the shapes.
#pragma once

#include <cstdint>
#include <string>

#include "anneal/array.h"

namespace anneal::array {

/// As Python writes it: "(3, 4)", of one axis "(3,)", of none "()".
std::string text_of(const Shape& shape);

/// The number of elements of a shape that was checked.
std::int64_t count_of(const Shape& shape);
/// The same of any shape: throws where a size is negative, or where the bytes would not fit 63 bits if sizes of 0 were
/// 1 (so that strides fit too).
std::int64_t checked_count(const Shape& shape, DType dtype);

/// Strides, in elements, of row-major order without gaps. Of a checked shape.
Shape contiguous_strides(const Shape& shape);

/// The shape that both are repeated to along axes of size 1, or that they lack in front.
Shape broadcast(const Shape& a, const Shape& b);

/// The axis from 0 on, of an array of that shape; negative ones count from the end. `what` begins the error.
int axis_in(const Shape& shape, int axis, const char* what);

}  // namespace anneal::array

// Several arrays as one.
#pragma once

#include <span>

#include "array/strided.h"

namespace anneal::array::arrange {

/// numpy.concatenate of at least one part, all of one dtype. Throws Error(invalid_argument) that names the shapes.
Values concatenate(std::span<const Strided> parts, int axis);

/// numpy.stack: parts of equal shape along a new axis of the result.
Values stack(std::span<const Strided> parts, int axis);

}  // namespace anneal::array::arrange

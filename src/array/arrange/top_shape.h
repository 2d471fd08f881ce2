// What top_k() takes, and the shape of what it gives.
#pragma once

#include <cstdint>

#include "anneal/array.h"

namespace anneal::array::arrange {

/// With `count` elements along an axis, from 0 up. Throws Error(invalid_argument) where it has fewer.
Shape top_shape(Shape shape, std::int64_t count, int axis);

}  // namespace anneal::array::arrange

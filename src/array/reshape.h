// Other shapes of the same elements.
#pragma once

#include <optional>

#include "array/strided.h"

namespace anneal::array {

/// `wanted` with the size in place of its -1. Throws where the number of elements is not that of `from`.
Shape resolved_shape(const Shape& from, Shape wanted);

/// The strides with which elements in row-major order have another shape, of as many elements; none where there are no
/// such strides.
std::optional<Shape> reshaped_strides(const Strided& from, const Shape& shape);

}  // namespace anneal::array

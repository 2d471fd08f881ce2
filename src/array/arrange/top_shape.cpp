#include "array/arrange/top_shape.h"

#include <fmt/core.h>

#include "anneal/error.h"
#include "array/shape.h"

namespace anneal::array::arrange {

Shape top_shape(Shape shape, std::int64_t count, int axis) {
  std::int64_t& size = shape[static_cast<std::size_t>(axis)];
  if (count < 0 || count > size) {
    throw Error(ErrorCode::invalid_argument, fmt::format("top_k: {} of the elements along axis {} of shape {}: 0 to {}",
                                                         count, axis, text_of(shape), size));
  }
  size = count;
  return shape;
}

}  // namespace anneal::array::arrange

#include "array/arrange/indices.h"

#include <fmt/core.h>

#include "anneal/error.h"
#include "array/lines.h"
#include "array/shape.h"

namespace anneal::array::arrange {

void check_index_dtype(DType dtype) {
  if (dtype == DType::i32 || dtype == DType::i64) return;
  throw Error(ErrorCode::invalid_argument, "gather: indices must be i32 or i64: cast them");
}

Shape gathered_shape(const Shape& a, const Shape& indices, int axis) {
  Shape shape = without_axis(a, axis);
  shape.insert(shape.begin() + axis, indices.begin(), indices.end());
  return shape;
}

void refuse_index(std::int64_t index, std::size_t k, const Shape& shape, int axis, std::int64_t size) {
  Shape place(shape.size());
  auto rest = static_cast<std::int64_t>(k);
  for (std::size_t d = shape.size(); d-- > 0;) {
    place[d] = rest % shape[d];
    rest /= shape[d];
  }
  const std::string range = size == 0 ? "is empty" : fmt::format("has {} to {}", -size, size - 1);
  throw Error(ErrorCode::invalid_argument, fmt::format("gather: index {} at place {} is out of range: axis {} {}",
                                                       index, text_of(place), axis, range));
}

}  // namespace anneal::array::arrange

#include "array/shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>

#include "anneal/error.h"

namespace anneal::array {

std::string text_of(const Shape& shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

std::int64_t count_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::int64_t checked_count(const Shape& shape, DType dtype) {
  std::int64_t left = std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(size_of(dtype));
  for (const std::int64_t size : shape) {
    if (size < 0) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("shape {} has a negative size; sizes are 0 or more", text_of(shape)));
    }
    left /= std::max<std::int64_t>(size, 1);
  }
  if (left == 0) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("shape {} of {} has more than 2^63 - 1 bytes: use smaller sizes", text_of(shape), name_of(dtype)));
  }
  return count_of(shape);
}

Shape contiguous_strides(const Shape& shape) {
  Shape strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride *= std::max<std::int64_t>(shape[axis], 1);
  }
  return strides;
}

Shape broadcast(const Shape& a, const Shape& b) {
  if (a == b) return a;
  const Shape& longer = a.size() >= b.size() ? a : b;
  const Shape& shorter = a.size() >= b.size() ? b : a;
  Shape shape = longer;
  const std::size_t lacking = longer.size() - shorter.size();
  for (std::size_t axis = 0; axis < shorter.size(); ++axis) {
    std::int64_t& size = shape[lacking + axis];
    if (size == 1) {
      size = shorter[axis];
    } else if (shorter[axis] != 1 && shorter[axis] != size) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("shapes {} and {} do not go together: sizes, from the last axis on, must be equal or 1, "
                              "and there are {} and {}",
                              text_of(a), text_of(b), a[a.size() - shorter.size() + axis],
                              b[b.size() - shorter.size() + axis]));
    }
  }
  return shape;
}

int axis_in(const Shape& shape, int axis, const char* what) {
  const int axes = static_cast<int>(shape.size());
  if (axes == 0) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{}: axis {} of shape (), which has no axes", what, axis));
  }
  if (axis < -axes || axis >= axes) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{}: shape {} has no axis {}; it must be {} to {}", what,
                                                         text_of(shape), axis, -axes, axes - 1));
  }
  return axis < 0 ? axis + axes : axis;
}

}  // namespace anneal::array

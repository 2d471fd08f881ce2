#include "array/reduced_axes.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>

#include "anneal/error.h"
#include "array/shape.h"

namespace anneal::array {

std::vector<int> reduced_axes(const Shape& shape, const std::vector<int>& wanted, const char* what) {
  std::vector<int> axes;
  if (wanted.empty()) {
    axes.resize(shape.size());
    std::iota(axes.begin(), axes.end(), 0);
    return axes;
  }
  for (const int axis : wanted) axes.push_back(axis_in(shape, axis, what));
  std::ranges::sort(axes);
  if (const auto twice = std::ranges::adjacent_find(axes); twice != axes.end()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{}: axis {} of shape {} is given twice; name each axis once",
                                                         what, *twice, text_of(shape)));
  }
  return axes;
}

Shape reduced_shape(const Shape& shape, const std::vector<int>& axes, bool keep_axes) {
  Shape left;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    if (!std::ranges::binary_search(axes, static_cast<int>(axis))) {
      left.push_back(shape[axis]);
    } else if (keep_axes) {
      left.push_back(1);
    }
  }
  return left;
}

std::int64_t reduced_count(const Shape& shape, const std::vector<int>& axes) {
  std::int64_t count = 1;
  for (const int axis : axes) count *= shape[static_cast<std::size_t>(axis)];
  return count;
}

}  // namespace anneal::array

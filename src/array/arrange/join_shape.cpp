#include "array/arrange/join_shape.h"

#include <fmt/core.h>

#include <utility>

#include "anneal/error.h"
#include "array/lines.h"
#include "array/shape.h"

namespace anneal::array::arrange {
namespace {

void check_any(std::span<const Strided> parts, const char* operation) {
  if (parts.empty()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{}: there are no arrays: give at least one", operation));
  }
}

[[noreturn]] void refuse(const char* operation, const Shape& first, std::size_t k, const Shape& other,
                         const char* rule) {
  throw Error(ErrorCode::invalid_argument, fmt::format("{}: array 0 has shape {}, array {} has {}: {}", operation,
                                                       text_of(first), k, text_of(other), rule));
}

}  // namespace

Joined concatenated(std::span<const Strided> parts, int axis) {
  check_any(parts, "concatenate");
  const Shape& first = parts[0].shape;
  const auto along = static_cast<std::size_t>(axis_in(first, axis, "concatenate"));
  Shape shape = first;
  shape[along] = 0;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const Shape& other = parts[k].shape;
    if (other.size() != first.size() ||
        without_axis(other, static_cast<int>(along)) != without_axis(first, static_cast<int>(along))) {
      refuse("concatenate", first, k, other, "only the sizes of the axis may differ");
    }
    if (__builtin_add_overflow(shape[along], other[along], &shape[along])) {
      refuse("concatenate", first, k, other, "the sizes of the axis overflow 64 bits");
    }
  }
  return {std::move(shape), along};
}

Stacked stacked(std::span<const Strided> parts, int axis) {
  check_any(parts, "stack");
  const Shape& first = parts[0].shape;
  const int along = axis_in(Shape(first.size() + 1), axis, "stack");
  std::vector<Strided> thick(parts.begin(), parts.end());
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (parts[k].shape != first) refuse("stack", first, k, parts[k].shape, "shapes must be equal");
    thick[k].shape.insert(thick[k].shape.begin() + along, 1);
    thick[k].strides.insert(thick[k].strides.begin() + along, 0);
  }
  return {std::move(thick), along};
}

}  // namespace anneal::array::arrange

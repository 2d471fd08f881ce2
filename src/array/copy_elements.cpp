#include "array/copy_elements.h"

#include <cstring>

#include "array/shape.h"

namespace anneal::array {
namespace {

// Axes of size 1 say nothing, and those that continue each other are one.
Strided collapsed(const Strided& elements) {
  Strided result{elements.data, elements.dtype, {}, {}};
  for (std::size_t axis = 0; axis < elements.shape.size(); ++axis) {
    const std::int64_t size = elements.shape[axis];
    const std::int64_t stride = elements.strides[axis];
    if (size == 1) continue;
    if (!result.shape.empty() && result.strides.back() == size * stride) {
      result.shape.back() *= size;
      result.strides.back() = stride;
    } else {
      result.shape.push_back(size);
      result.strides.push_back(stride);
    }
  }
  return result;
}

template <std::size_t size>
void copy_row(std::byte* to, const std::byte* from, std::int64_t stride, std::int64_t count) {
  const std::int64_t step = stride * static_cast<std::int64_t>(size);
  if (stride == 1) {
    std::memcpy(to, from, static_cast<std::size_t>(count) * size);
    return;
  }
  for (std::int64_t k = 0; k < count; ++k) std::memcpy(to + k * static_cast<std::int64_t>(size), from + k * step, size);
}

using RowCopy = void (*)(std::byte*, const std::byte*, std::int64_t, std::int64_t);

RowCopy row_copy(std::size_t size) {
  switch (size) {
    case 1:
      return copy_row<1>;
    case 2:
      return copy_row<2>;
    case 4:
      return copy_row<4>;
    default:
      return copy_row<8>;
  }
}

// Steps to the next place of the axes; false after the last.
bool next_place(Shape& place, const Shape& shape, std::size_t axes) {
  for (std::size_t axis = axes; axis-- > 0;) {
    if (++place[axis] < shape[axis]) return true;
    place[axis] = 0;
  }
  return false;
}

}  // namespace

void copy_elements(std::byte* to, const Strided& from) {
  if (count_of(from.shape) == 0) return;
  const Strided rows = collapsed(from);
  const auto size = static_cast<std::int64_t>(size_of(from.dtype));
  if (rows.shape.empty()) {
    std::memcpy(to, rows.data, static_cast<std::size_t>(size));
    return;
  }
  const RowCopy copy = row_copy(static_cast<std::size_t>(size));
  const std::size_t outer_axes = rows.shape.size() - 1;
  Shape place(outer_axes);
  do {
    std::int64_t offset = 0;
    for (std::size_t axis = 0; axis < outer_axes; ++axis) offset += place[axis] * rows.strides[axis];
    copy(to, rows.data + offset * size, rows.strides.back(), rows.shape.back());
    to += rows.shape.back() * size;
  } while (next_place(place, rows.shape, outer_axes));
}

}  // namespace anneal::array

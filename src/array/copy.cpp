#include "array/copy.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "array/element_type.h"
#include "array/lines.h"

namespace anneal::array {
namespace {

// Axes of size 1 dropped, and neighbours that both arrays have without a gap between them made one.
struct Layout {
  Shape shape;
  Shape from;
  Shape to;
};

Layout simplified(const Strided& from, const MutableStrided& to) {
  Layout result;
  for (std::size_t axis = 0; axis < from.shape.size(); ++axis) {
    const std::int64_t size = from.shape[axis];
    if (size == 1) continue;
    if (!result.shape.empty() && result.from.back() == from.strides[axis] * size &&
        result.to.back() == to.strides[axis] * size) {
      result.shape.back() *= size;
      result.from.back() = from.strides[axis];
      result.to.back() = to.strides[axis];
      continue;
    }
    result.shape.push_back(size);
    result.from.push_back(from.strides[axis]);
    result.to.push_back(to.strides[axis]);
  }
  if (result.shape.empty()) return {{1}, {1}, {1}};
  return result;
}

template <class From, class To>
To converted(From value) {
  if constexpr (std::is_same_v<From, To>) {
    return value;
  } else {
    return to_float(value);
  }
}

template <class From, class To>
void copy_line(const From* from, std::int64_t from_stride, To* to, std::int64_t to_stride, std::int64_t count) {
  if constexpr (std::is_same_v<From, To>) {
    if (from_stride == 1 && to_stride == 1) {
      std::memcpy(to, from, static_cast<std::size_t>(count) * sizeof(To));
      return;
    }
  }
  for (std::int64_t k = 0; k < count; ++k) to[k * to_stride] = converted<From, To>(from[k * from_stride]);
}

// Lines longer than this are cut, so that threads can share them.
constexpr std::int64_t line_limit = 1 << 16;

template <class From, class To>
void copy_as(const Strided& from, const MutableStrided& to) {
  const Layout layout = simplified(from, to);
  const std::int64_t size = layout.shape.back();
  Shape lines = layout.shape;
  lines.back() = (size + line_limit - 1) / line_limit;
  std::array<Shape, 3> strides{layout.from, layout.to, Shape(lines.size(), 0)};
  strides[0].back() *= line_limit;
  strides[1].back() *= line_limit;
  strides[2].back() = line_limit;
  const auto* source = reinterpret_cast<const From*>(from.data);
  auto* target = reinterpret_cast<To*>(to.data);
  for_each_line<3>(lines, strides, std::min(size, line_limit), [&] {
    return [&](const LineOffsets<3>& offsets) {
      copy_line(source + offsets[0], layout.from.back(), target + offsets[1], layout.to.back(),
                std::min(line_limit, size - offsets[2]));
    };
  });
}

void copy_bytes(const Strided& from, const MutableStrided& to) {
  switch (size_of(from.dtype)) {
    case 1:
      return copy_as<std::uint8_t, std::uint8_t>(from, to);
    case 2:
      return copy_as<std::uint16_t, std::uint16_t>(from, to);
    case 4:
      return copy_as<std::uint32_t, std::uint32_t>(from, to);
    default:
      return copy_as<std::uint64_t, std::uint64_t>(from, to);
  }
}

}  // namespace

void copy(const Strided& from, const MutableStrided& to) {
  if (count_of(from.shape) == 0) return;
  if (from.dtype == to.dtype) return copy_bytes(from, to);
  if (from.dtype == DType::f16) return copy_as<F16, float>(from, to);
  copy_as<BF16, float>(from, to);
}

Dense dense_copy(const Strided& from, DType dtype) {
  Dense result = new_dense(dtype, from.shape);
  copy(from, result.elements);
  return result;
}

}  // namespace anneal::array

#include "array/gpu/copy.h"

#include <algorithm>
#include <string>

#include "array/gpu/axes.h"
#include "array/gpu/dense.h"
#include "array/gpu/element_text.h"
#include "array/gpu/extent.h"
#include "array/gpu/launch.h"
#include "array/gpu/transpose.h"

namespace anneal::array::gpu {
namespace {

constexpr const char* text = R"code(
KERNEL(copy_elements) IN(Bits, from, 0), OUT(Bits, to, 1), VALUE(Axes, axes, 2), VALUE(u64, count, 3),
VALUE(i64, start, 4) END {
  for (INDEX k = GROUP_X * GROUP_THREADS + THREAD; k < count; k += GROUPS_X * GROUP_THREADS) {
    i64 source = start;
    i64 target = 0;
    LOCATE(axes, k, source, target)
    to[target] = from[source];
  }
}
)code";

bool is_row_major(const Shape& shape, const Shape& strides) {
  const Axes axes = joined({shape, strides, contiguous_strides(shape)});
  return axes.shape.size() == 1 && (axes.shape[0] == 1 || axes.first[0] == 1);
}

template <class Elements>
void move_axis(Elements& elements, std::ptrdiff_t from, std::ptrdiff_t to) {
  const auto move = [&](Shape& list) {
    const std::int64_t value = list[static_cast<std::size_t>(from)];
    list.erase(list.begin() + from);
    list.insert(list.begin() + to, value);
  };
  move(elements.shape);
  move(elements.strides);
}

}  // namespace

void copy(Gpu& gpu, const Strided& from, const MutableStrided& to) {
  const std::int64_t count = count_of(from.shape);
  if (count == 0) return;
  const Axes axes = joined({from.shape, from.strides, to.strides});
  if (axes.shape.size() == 1 && (count == 1 || (axes.first[0] == 1 && axes.second[0] == 1))) {
    return gpu.copy(to.data, from.data, static_cast<std::size_t>(count) * size_of(from.dtype));
  }
  const Extent source = extent_of(from);
  if (copy_by_tiles(gpu, axes, source, to.data, from.dtype)) return;
  const auto kernel = gpu.compile(bits_text(from.dtype) + axes_text(axes) + text, "copy_elements");
  with_axes_value(axes, [&](const auto& value) {
    launch_for_each(gpu, *kernel, count, source.lowest, to.data, value, static_cast<std::uint64_t>(count),
                    source.start);
  });
}

Dense dense_copy(Gpu& gpu, const Strided& from) {
  Dense result = new_dense(gpu, from.dtype, from.shape);
  copy(gpu, from, result.elements);
  return result;
}

RowMajor row_major(Gpu& gpu, const Strided& from) {
  if (count_of(from.shape) == 0 || is_row_major(from.shape, from.strides)) {
    return {{from.data, from.dtype, from.shape, contiguous_strides(from.shape)}, nullptr};
  }
  const Dense dense = dense_copy(gpu, from);
  return {dense.view(), dense.owner};
}

Strided with_last_axis(Strided a, int axis) {
  move_axis(a, axis, static_cast<std::ptrdiff_t>(a.shape.size()) - 1);
  return a;
}

Strided with_axis_back(Strided a, int axis) {
  move_axis(a, static_cast<std::ptrdiff_t>(a.shape.size()) - 1, axis);
  return a;
}

}  // namespace anneal::array::gpu

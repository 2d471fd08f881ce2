#include "array/gpu/gather.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

#include "array/arrange/indices.h"
#include "array/gpu/axes.h"
#include "array/gpu/dense.h"
#include "array/gpu/element_text.h"
#include "array/gpu/extent.h"
#include "array/gpu/launch.h"

namespace anneal::array::gpu {
namespace {

constexpr unsigned places_threads = 256;
constexpr std::uint64_t all_in_range = std::numeric_limits<std::uint64_t>::max();

// From indices to places from 0 up. Each group gives the first index of its own that is out of range.
constexpr const char* places_text = R"code(
KERNEL(find_places)
IN(Index, indices, 0), OUT(i64, places, 1), OUT(u64, firsts, 2), VALUE(Axes, axes, 3), VALUE(u64, count, 4),
VALUE(i64, size, 5), VALUE(i64, start, 6) END {
  SHARED u64 first[256];
  u64 own = ~u64(0);
  for (INDEX k = GROUP_X * GROUP_THREADS + THREAD; k < count; k += GROUPS_X * GROUP_THREADS) {
    i64 source = start;
    i64 target = 0;
    LOCATE(axes, k, source, target)
    const i64 index = i64(indices[source]);
    const bool is_in_range = index >= -size && index < size;
    if (!is_in_range && own > k) own = k;
    places[k] = !is_in_range ? 0 : index < 0 ? index + size : index;
  }
  first[THREAD] = own;
  for (u32 step = 128; step > 0; step /= 2) {
    BARRIER();
    if (THREAD < step && first[THREAD + step] < first[THREAD]) first[THREAD] = first[THREAD + step];
  }
  if (THREAD == 0) firsts[GROUP_X] = first[0];
}
)code";

// `axes` are those of the result: its places in `a`, without the axis, and in `places`.
constexpr const char* gather_text = R"code(
KERNEL(gather_elements)
IN(Bits, from, 0), IN(i64, places, 1), OUT(Bits, to, 2), VALUE(Axes, axes, 3), VALUE(u64, count, 4),
VALUE(i64, step, 5), VALUE(i64, start, 6) END {
  for (INDEX k = GROUP_X * GROUP_THREADS + THREAD; k < count; k += GROUPS_X * GROUP_THREADS) {
    i64 source = start;
    i64 which = 0;
    LOCATE(axes, k, source, which)
    to[k] = from[source + places[which] * step];
  }
}
)code";

// The index at a place, counted in row-major order.
std::int64_t index_at(Gpu& gpu, const Strided& indices, std::uint64_t k) {
  auto rest = static_cast<std::int64_t>(k);
  std::int64_t offset = 0;
  for (std::size_t axis = indices.shape.size(); axis-- > 0;) {
    offset += rest % indices.shape[axis] * indices.strides[axis];
    rest /= indices.shape[axis];
  }
  const std::byte* element = indices.data + offset * static_cast<std::int64_t>(size_of(indices.dtype));
  if (indices.dtype == DType::i64) {
    std::int64_t index = 0;
    gpu.download(&index, element, sizeof index);
    return index;
  }
  std::int32_t index = 0;
  gpu.download(&index, element, sizeof index);
  return index;
}

// i64 in row-major order, of at least one index.
std::shared_ptr<std::byte> checked_places(Gpu& gpu, const Strided& indices, int axis, std::int64_t size) {
  const std::int64_t count = count_of(indices.shape);
  const Axes axes = joined({indices.shape, indices.strides, contiguous_strides(indices.shape)});
  const std::string index_type = indices.dtype == DType::i64 ? "typedef i64 Index;\n" : "typedef i32 Index;\n";
  const auto kernel = gpu.compile(index_type + axes_text(axes) + places_text, "find_places");
  const Extent source = extent_of(indices);
  auto places = scratch(gpu, count, sizeof(std::int64_t));
  const std::int64_t groups = std::min<std::int64_t>((count + places_threads - 1) / places_threads, 1024);
  const auto firsts = scratch(gpu, groups, sizeof(std::uint64_t));
  with_axes_value(axes, [&](const auto& value) {
    launch(gpu, *kernel, static_cast<std::uint64_t>(groups), places_threads, source.lowest, places.get(), firsts.get(),
           value, static_cast<std::uint64_t>(count), size, source.start);
  });
  std::vector<std::uint64_t> first(static_cast<std::size_t>(groups));
  gpu.download(first.data(), firsts.get(), first.size() * sizeof first[0]);
  const std::uint64_t bad = *std::ranges::min_element(first);
  if (bad != all_in_range) arrange::refuse_index(index_at(gpu, indices, bad), bad, indices.shape, axis, size);
  return places;
}

}  // namespace

Values gather(Gpu& gpu, const Strided& a, const Strided& indices, int axis) {
  const int along = axis_in(a.shape, axis, "gather");
  arrange::check_index_dtype(indices.dtype);
  const auto k_along = static_cast<std::size_t>(along);
  std::shared_ptr<std::byte> places;
  if (count_of(indices.shape) > 0) places = checked_places(gpu, indices, along, a.shape[k_along]);
  const Dense result = new_dense(gpu, a.dtype, arrange::gathered_shape(a.shape, indices.shape, along));
  const std::int64_t count = count_of(result.elements.shape);
  if (count == 0) return values_of(gpu, result);
  const Extent source = extent_of(a);
  Axes all{a.shape, a.strides, Shape(a.shape.size(), 0)};
  all.shape[k_along] = count_of(indices.shape);
  all.first[k_along] = 0;
  all.second[k_along] = 1;
  const Axes axes = joined(all);
  const auto kernel = gpu.compile(bits_text(a.dtype) + axes_text(axes) + gather_text, "gather_elements");
  with_axes_value(axes, [&](const auto& value) {
    launch_for_each(gpu, *kernel, count, source.lowest, places.get(), result.elements.data, value,
                    static_cast<std::uint64_t>(count), a.strides[k_along], source.start);
  });
  return values_of(gpu, result);
}

}  // namespace anneal::array::gpu

#include "array/gpu/library_conv1d.h"

#include <algorithm>
#include <string>

#include "array/gpu/dense.h"
#include "array/gpu/element_text.h"
#include "array/gpu/extent.h"
#include "array/gpu/launch.h"
#include "array/gpu/product.h"

namespace anneal::array::gpu {
namespace {

struct SeenValue {
  std::int64_t start;
  std::int64_t item_stride;
  std::int64_t channel_stride;
  std::int64_t step_stride;
  std::int64_t length;
  std::int64_t stride;
  std::int64_t padding;
  std::int64_t dilation;
  std::uint32_t count;
  std::uint32_t positions;
  std::uint32_t terms;
  std::uint32_t width;
};

// (items, terms, positions): what each term, a channel and a place in the kernel, is at each position.
constexpr const char* text = R"code(
struct Seen {
  i64 start;
  i64 item_stride;
  i64 channel_stride;
  i64 step_stride;
  i64 length;
  i64 stride;
  i64 padding;
  i64 dilation;
  u32 count;
  u32 positions;
  u32 terms;
  u32 width;
};

KERNEL(write_seen) IN(Bits, signal, 0), OUT(Bits, to, 1), VALUE(Seen, seen, 2) END {
  for (u32 k = GROUP_X * GROUP_THREADS + THREAD; k < seen.count; k += GROUPS_X * GROUP_THREADS) {
    const u32 row = k / seen.positions;
    const u32 term = row % seen.terms;
    const u32 channel = term / seen.width;
    const i64 place = i64(k - row * seen.positions) * seen.stride + i64(term - channel * seen.width) * seen.dilation -
                      seen.padding;
    const i64 at = seen.start + i64(row / seen.terms) * seen.item_stride + i64(channel) * seen.channel_stride +
                   place * seen.step_stride;
    to[k] = Bits(0);
    if (place >= 0 && place < seen.length) to[k] = signal[at];
  }
}
)code";

constexpr std::int64_t least_kernels = 16;
constexpr std::int64_t most_bytes = std::int64_t{1} << 30;  // fewer than 2^31 elements

}  // namespace

bool convolve_by_library(Gpu& gpu, const Strided& a, const Strided& kernels, const linalg::Steps& steps,
                         const Shape& shape, std::byte* c) {
  const std::int64_t terms = kernels.shape[1] * kernels.shape[2];
  const std::int64_t positions = shape[2];
  const auto bytes = static_cast<std::int64_t>(size_of(a.dtype));
  const std::int64_t memory = std::min(most_bytes, static_cast<std::int64_t>(gpu.memory_budget() / 8));
  // Neither product overflows: both factors are below 2^31.
  if (a.dtype < DType::f16 || shape[1] < least_kernels || terms * positions > memory / bytes || !gpu.has_library()) {
    return false;
  }
  const std::int64_t most_items = std::min(shape[0], memory / (terms * positions * bytes));
  const auto seen = scratch(gpu, most_items * terms * positions, size_of(a.dtype));
  const auto kernel = gpu.compile(bits_text(a.dtype) + text, "write_seen");
  const Extent signal = extent_of(a);
  for (std::int64_t first = 0; first < shape[0]; first += most_items) {
    const std::int64_t items = std::min(most_items, shape[0] - first);
    const SeenValue value{.start = signal.start + first * a.strides[0],
                          .item_stride = a.strides[0],
                          .channel_stride = a.strides[1],
                          .step_stride = a.strides[2],
                          .length = a.shape[2],
                          .stride = steps.stride,
                          .padding = steps.padding,
                          .dilation = steps.dilation,
                          .count = static_cast<std::uint32_t>(items * terms * positions),
                          .positions = static_cast<std::uint32_t>(positions),
                          .terms = static_cast<std::uint32_t>(terms),
                          .width = static_cast<std::uint32_t>(kernels.shape[2])};
    launch_for_each(gpu, *kernel, value.count, signal.lowest, seen.get(), value);
    const bool is_done = gpu.multiply({.dtype = a.dtype,
                                       .rows = shape[1],
                                       .columns = positions,
                                       .inner = terms,
                                       .batch = items,
                                       .a = kernels.data,
                                       .b = seen.get(),
                                       .c = c + first * shape[1] * positions * bytes,
                                       .a_leading = terms,
                                       .b_leading = positions,
                                       .a_batch_stride = 0,
                                       .b_batch_stride = terms * positions});
    if (!is_done) return false;
  }
  return true;
}

}  // namespace anneal::array::gpu

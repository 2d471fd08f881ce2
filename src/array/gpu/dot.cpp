#include <algorithm>

#include "array/gpu/dense.h"
#include "array/gpu/element_text.h"
#include "array/gpu/extent.h"
#include "array/gpu/launch.h"
#include "array/gpu/matmul.h"
#include "array/gpu/sum_text.h"
#include "array/linalg/product_shape.h"

namespace anneal::array::gpu {
namespace {

constexpr unsigned dot_threads = 256;

struct DotValue {
  std::uint64_t count;
  std::uint64_t chunk;  ///< of a group
  std::int64_t a_start;
  std::int64_t a_step;
  std::int64_t b_start;
  std::int64_t b_step;
};

constexpr const char* group_text = R"code(
#define ADD_UP_GROUP                               \
  shared[THREAD] = sum;                            \
  for (u32 step = 128; step > 0; step /= 2) {      \
    BARRIER();                                     \
    if (THREAD < step) {                           \
      Sum other;                                   \
      other = shared[THREAD + step];               \
      sum = plus(sum, other);                      \
      shared[THREAD] = sum;                        \
    }                                              \
  }
)code";

constexpr const char* products_text = R"code(
struct Dot {
  u64 count;
  u64 chunk;
  i64 a_start;
  i64 a_step;
  i64 b_start;
  i64 b_step;
};

KERNEL(add_up_products)
IN(Element, a, 0), IN(Element, b, 1), OUT(Sum, sums, 2), VALUE(Dot, dot, 3) END {
  SHARED Sum shared[256];
  const u64 first = GROUP_X * dot.chunk;
  const u64 last = dot.count - first < dot.chunk ? dot.count : first + dot.chunk;
  Sum sum = no_sum();
  for (u64 k = first + THREAD; k < last; k += 256) {
    const Computed x = computed(a[dot.a_start + i64(k) * dot.a_step]);
    const Computed y = computed(b[dot.b_start + i64(k) * dot.b_step]);
    sum = plus(sum, sum_of(x * y));
  }
  ADD_UP_GROUP
  if (THREAD == 0) sums[GROUP_X] = sum;
}

)code";

// Of one group: what the groups of the other one gave.
constexpr const char* sums_text = R"code(
KERNEL(add_up_sums) IN(Sum, sums, 0), OUT(Element, to, 1), VALUE(u32, count, 2) END {
  SHARED Sum shared[256];
  Sum sum = no_sum();
  for (u32 k = THREAD; k < count; k += 256) {
    Sum other;
    other = sums[k];
    sum = plus(sum, other);
  }
  ADD_UP_GROUP
  if (THREAD == 0) to[0] = stored(COMPUTED(rounded(sum)));
}
)code";

}  // namespace

Values dot(Gpu& gpu, const Strided& a, const Strided& b) {
  linalg::check_dot(a.shape, b.shape);
  check_arithmetic(gpu, a.dtype, "dot");
  const Dense result = new_dense(gpu, a.dtype, {});
  const std::int64_t count = a.shape[0];
  if (count == 0) {
    gpu.fill(result.elements.data, 0, size_of(a.dtype));
    return values_of(gpu, result);
  }
  constexpr std::int64_t most_groups = 1024;
  constexpr std::int64_t least_chunk = 4096;
  const std::int64_t chunk = std::max(least_chunk, (count + most_groups - 1) / most_groups);
  const std::int64_t groups = (count + chunk - 1) / chunk;
  const Extent a_extent = extent_of(a);
  const Extent b_extent = extent_of(b);
  const DotValue value{static_cast<std::uint64_t>(count),
                       static_cast<std::uint64_t>(chunk),
                       a_extent.start,
                       a.strides[0],
                       b_extent.start,
                       b.strides[0]};
  const auto sums = scratch(gpu, groups, sum_bytes);
  // Of booleans, whether there is any.
  const char* const computed = a.dtype == DType::boolean ? "#define COMPUTED(sum) Computed(sum != 0)\n"
                                                         : "#define COMPUTED(sum) Computed(sum)\n";
  const std::string all = element_text(a.dtype) + sum_text(a.dtype, gpu.has_f64()) + computed + group_text;
  launch(gpu, *gpu.compile(all + products_text, "add_up_products"), static_cast<std::uint64_t>(groups), dot_threads,
         a_extent.lowest, b_extent.lowest, sums.get(), value);
  launch(gpu, *gpu.compile(all + sums_text, "add_up_sums"), 1, dot_threads, sums.get(), result.elements.data,
         static_cast<std::uint32_t>(groups));
  return values_of(gpu, result);
}

}  // namespace anneal::array::gpu

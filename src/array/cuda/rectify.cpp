#include "array/cuda/rectify.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace anneal::array::cuda {
namespace {

// -0 stays what it is, as on the CPU.
constexpr auto plain_text = R"(
KERNEL(rectify) OUT({0}, values, 0), VALUE(i64, count, 1) END {{
  const i64 step = (i64)GROUPS_X * GROUP_THREADS;
  for (i64 k = (i64)GROUP_X * GROUP_THREADS + THREAD; k < count; k += step) {{
    if (values[k] < ({0})0) values[k] = ({0})0;
  }}
}}
)";
constexpr auto half_text = R"(
KERNEL(rectify) OUT({0}, values, 0), VALUE(i64, count, 1) END {{
  const i64 step = (i64)GROUPS_X * GROUP_THREADS;
  for (i64 k = (i64)GROUP_X * GROUP_THREADS + THREAD; k < count; k += step) {{
    if (f32_of(values[k]) < 0.0f) values[k] = {0}_of(0.0f);
  }}
}}
)";

std::string text_of(DType dtype) {
  const bool is_half = dtype == DType::f16 || dtype == DType::bf16;
  return fmt::format(fmt::runtime(is_half ? half_text : plain_text), name_of(dtype));
}

}  // namespace

void rectify(gpu::Gpu& gpu, std::byte* values, DType dtype, std::int64_t count) {
  constexpr unsigned group = 256;
  const auto compiled = gpu.compile(text_of(dtype), "rectify");
  const std::int64_t groups = std::min<std::int64_t>((count + group - 1) / group, gpu.units() * 16);
  const gpu::Argument arguments[] = {values, gpu::Argument(count)};
  gpu.launch(*compiled, {.grid = {static_cast<unsigned>(groups)}, .group = {group}}, arguments);
}

}  // namespace anneal::array::cuda

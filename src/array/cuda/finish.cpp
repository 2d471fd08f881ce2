#include "array/cuda/finish.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace anneal::array::cuda {
namespace {

// -0 stays what it is, as on the CPU.
constexpr auto relu_text = R"(
KERNEL(relu) OUT({dtype}, values, 0), VALUE(i64, count, 1) END {{
  const i64 step = (i64)GROUPS_X * GROUP_THREADS;
  for (i64 k = (i64)GROUP_X * GROUP_THREADS + THREAD; k < count; k += step) {{
    if ({value} < 0) values[k] = {zero};
  }}
}}
)";

constexpr auto bias_text = R"(
KERNEL(write_bias) OUT({dtype}, values, 0), IN({dtype}, bias, 1), VALUE(i64, count, 2), VALUE(i64, columns, 3) END {{
  const i64 step = (i64)GROUPS_X * GROUP_THREADS;
  for (i64 k = (i64)GROUP_X * GROUP_THREADS + THREAD; k < count; k += step) values[k] = bias[k % columns];
}}
)";

constexpr unsigned group = 256;

std::int64_t count_of(const gpu::Product& product) { return product.batch * product.rows * product.columns; }

device::LaunchShape shape_of(const gpu::Gpu& gpu, const gpu::Product& product) {
  const std::int64_t groups = std::min<std::int64_t>((count_of(product) + group - 1) / group, gpu.units() * 16);
  return {.grid = {static_cast<unsigned>(groups)}, .group = {group}};
}

}  // namespace

void write_bias(gpu::Gpu& gpu, const gpu::Product& product) {
  const std::string text = fmt::format(bias_text, fmt::arg("dtype", name_of(product.dtype)));
  const auto compiled = gpu.compile(text, "write_bias");
  const std::int64_t count = count_of(product);
  const gpu::Argument arguments[] = {product.c, product.bias, gpu::Argument(count), gpu::Argument(product.columns)};
  gpu.launch(*compiled, shape_of(gpu, product), arguments);
}

void do_relu(gpu::Gpu& gpu, const gpu::Product& product) {
  const std::string dtype = name_of(product.dtype);
  const bool is_half = size_of(product.dtype) < sizeof(float);
  const std::string text =
      fmt::format(relu_text, fmt::arg("dtype", dtype), fmt::arg("value", is_half ? "f32_of(values[k])" : "values[k]"),
                  fmt::arg("zero", is_half ? dtype + "_of(0.0f)" : dtype + "(0)"));
  const auto compiled = gpu.compile(text, "relu");
  const std::int64_t count = count_of(product);
  const gpu::Argument arguments[] = {product.c, gpu::Argument(count)};
  gpu.launch(*compiled, shape_of(gpu, product), arguments);
}

}  // namespace anneal::array::cuda

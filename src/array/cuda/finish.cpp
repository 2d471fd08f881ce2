#include "array/cuda/finish.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace anneal::array::cuda {
namespace {

// -0 stays what it is, as on the CPU.
constexpr auto text = R"(
KERNEL(finish) OUT({dtype}, values, 0), IN({dtype}, bias, 1), VALUE(i64, count, 2), VALUE(i64, columns, 3) END {{
  const i64 step = (i64)GROUPS_X * GROUP_THREADS;
  for (i64 k = (i64)GROUP_X * GROUP_THREADS + THREAD; k < count; k += step) {{
    const {computed} value = {from}(values[k]){addend};
    values[k] = {to}({result});
  }}
}}
)";

struct Conversion {
  std::string computed, from, to;
};
Conversion conversion_of(DType dtype) {
  const std::string name = name_of(dtype);
  if (dtype == DType::f16 || dtype == DType::bf16) return {"f32", "f32_of", name + "_of"};
  return {name, name, name};
}

std::string text_of(DType dtype, bool bias, bool relu) {
  const Conversion conversion = conversion_of(dtype);
  return fmt::format(
      fmt::runtime(text), fmt::arg("dtype", name_of(dtype)), fmt::arg("computed", conversion.computed),
      fmt::arg("from", conversion.from), fmt::arg("to", conversion.to),
      fmt::arg("addend", bias ? fmt::format(" + {}(bias[k % columns])", conversion.from) : ""),
      fmt::arg("result", relu ? fmt::format("value < 0 ? {}(0) : value", conversion.computed) : "value"));
}

}  // namespace

void finish(gpu::Gpu& gpu, const gpu::Product& product, bool has_bias_already) {
  const bool adds = product.bias != nullptr && !has_bias_already;
  if (!adds && !product.relu) return;
  constexpr unsigned group = 256;
  const auto compiled = gpu.compile(text_of(product.dtype, adds, product.relu), "finish");
  const std::int64_t count = product.batch * product.rows * product.columns;
  const std::int64_t groups = std::min<std::int64_t>((count + group - 1) / group, gpu.units() * 16);
  const gpu::Argument arguments[] = {product.c, adds ? product.bias : nullptr, gpu::Argument(count),
                                     gpu::Argument(product.columns)};
  gpu.launch(*compiled, {.grid = {static_cast<unsigned>(groups)}, .group = {group}}, arguments);
}

}  // namespace anneal::array::cuda

#include "array/cuda/finish.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "array/gpu/functions.h"
#include "array/gpu/op_texts.h"

namespace anneal::array::cuda {
namespace {

constexpr auto text = R"(
KERNEL(finish) OUT({dtype}, values, 0), IN({sums_dtype}, sums, 1), IN({dtype}, bias, 2), VALUE(i64, count, 3),
    VALUE(i64, columns, 4) END {{
  const i64 step = (i64)GROUPS_X * GROUP_THREADS;
  for (i64 k = (i64)GROUP_X * GROUP_THREADS + THREAD; k < count; k += step) {{
    const {computed} value = {from_sums}({sums}[k]){addend};
    values[k] = {to}({result});
  }}
}}
)";

bool has_16_bits(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16; }
std::string computed_in(DType dtype) { return has_16_bits(dtype) ? "f32" : name_of(dtype); }
std::string reading(DType dtype) { return computed_in(dtype) + (has_16_bits(dtype) ? "_of" : ""); }
std::string writing(DType dtype) { return name_of(dtype) + (has_16_bits(dtype) ? "_of" : ""); }

std::string text_of(const gpu::Product& product, bool in_place, DType sums_dtype, bool adds_bias) {
  const std::string computed = computed_in(product.dtype);
  const std::string addend = adds_bias ? fmt::format(" + {}(bias[k % columns])", reading(product.dtype)) : "";
  const std::optional<Op> op = product.activation;
  const std::string function = op ? gpu::with_functions(gpu::function_text("activated", *op, product.dtype)) : "";
  return function + fmt::format(text, fmt::arg("dtype", name_of(product.dtype)),
                                fmt::arg("sums_dtype", name_of(sums_dtype)), fmt::arg("computed", computed),
                                fmt::arg("from_sums", reading(sums_dtype)),
                                fmt::arg("sums", in_place ? "values" : "sums"), fmt::arg("to", writing(product.dtype)),
                                fmt::arg("addend", addend), fmt::arg("result", op ? "activated(value)" : "value"));
}

}  // namespace

void finish(gpu::Gpu& gpu, const gpu::Product& product, const std::byte* sums, DType sums_dtype, bool has_bias) {
  const bool adds_bias = product.bias != nullptr && !has_bias;
  const bool in_place = sums == product.c;
  if (in_place && !adds_bias && !product.activation) return;
  constexpr unsigned group = 256;
  const auto compiled = gpu.compile(text_of(product, in_place, sums_dtype, adds_bias), "finish");
  const std::int64_t count = product.batch * product.rows * product.columns;
  const std::int64_t groups = std::min<std::int64_t>((count + group - 1) / group, gpu.units() * 16);
  const gpu::Argument arguments[] = {product.c, sums, adds_bias ? product.bias : nullptr, gpu::Argument(count),
                                     gpu::Argument(product.columns)};
  gpu.launch(*compiled, {.grid = {static_cast<unsigned>(groups)}, .group = {group}}, arguments);
}

}  // namespace anneal::array::cuda

#include "array/gpu/dense.h"

#include <fmt/core.h>

#include <utility>

#include "anneal/error.h"

namespace anneal::array::gpu {

Dense new_dense(Gpu& gpu, DType dtype, Shape shape) {
  const std::int64_t count = checked_count(shape, dtype);
  std::shared_ptr<std::byte> memory = scratch(gpu, count, size_of(dtype));
  std::byte* const data = memory.get();
  Shape strides = contiguous_strides(shape);
  return {{data, dtype, std::move(shape), std::move(strides)}, std::move(memory)};
}

Values values_of(Gpu& gpu, const Dense& dense) { return {dense.view(), dense.owner, &gpu}; }

std::shared_ptr<std::byte> scratch(Gpu& gpu, std::int64_t count, std::size_t bytes) {
  return gpu.allocate(static_cast<std::size_t>(count) * bytes);
}

void check_arithmetic(const Gpu& gpu, DType dtype, const char* operation) {
  if (dtype != DType::f64 || gpu.has_f64()) return;
  throw Error(ErrorCode::unavailable,
              fmt::format("{}: {} cannot compute in f64: cast to f32, or compute on the CPU", operation, gpu.name()));
}

}  // namespace anneal::array::gpu

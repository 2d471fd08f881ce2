#include "array/gpu/result.h"

#include "array/shape.h"

namespace anneal::array::gpu {

Result make_result(DType dtype, const Shape& shape, Gpu& gpu) {
  const auto bytes = static_cast<std::size_t>(checked_count(shape, dtype)) * size_of(dtype);
  const std::shared_ptr<std::byte> memory = gpu.allocate(bytes);
  return {memory.get(), {{memory.get(), dtype, shape, contiguous_strides(shape)}, memory, &gpu}};
}

}  // namespace anneal::array::gpu

// Arrays in the memory of a GPU, and what operations there give, compared with what they give on the CPU.
#pragma once

#include <memory>

#include "array/gpu/gpu.h"
#include "unit/array/random_array.h"

namespace anneal::array::test {

/// A random array's copy.
struct OnGpu {
  std::shared_ptr<std::byte> memory;
  Strided view;

  OnGpu(gpu::Gpu& gpu, const RandomArray& a);
};

/// A result of an operation, which must be in row-major order, in the host's memory.
RandomArray fetched(gpu::Gpu& gpu, const Values& values);

/// Whether shapes, dtypes and all elements are the same: bit by bit, but for NaNs, which may be any.
void expect_same(const Strided& expected, const Strided& result);

/// Expects the same error of both, and one that is not "".
void expect_same_error(const std::function<void()>& on_cpu, const std::function<void()>& on_gpu);

}  // namespace anneal::array::test

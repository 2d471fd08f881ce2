// Launches of the kernel that multiplies matrices.
#pragma once

#include <cstddef>
#include <optional>

#include "array/gpu/gpu.h"
#include "array/gpu/product_kernel.h"

namespace anneal::array::gpu {

/// A stack of products, each of which is row-major and right behind the one before. Addresses are those of the lowest
/// elements. Of the value, what follows from how the work is cut is not yet there.
struct ProductWork {
  DType dtype = DType::f32;
  const std::byte* a = nullptr;
  const std::byte* b = nullptr;
  const std::byte* bias = nullptr;  ///< null: none
  std::byte* c = nullptr;
  ProductValue value{};  ///< sizes, starts, strides, batch
  Axes batch;            ///< joined, and the strides of a and b
  std::optional<ConvolutionValue> convolution = {};
  std::optional<Op> activation = {};
};

/// No size may be 0, but `inner`.
void run(Gpu& gpu, ProductWork work);

}  // namespace anneal::array::gpu

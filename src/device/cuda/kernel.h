// Kernels as values that host code can name and launch without the CUDA compiler.
#pragma once

#include <string_view>

#include "device/cuda/runtime_api.h"

namespace anneal::device::cuda {

/// What of a kernel does not depend on its arguments.
struct KernelRef {
  std::string_view name;  ///< for errors
  const void* function = nullptr;
};

/// A __global__ function. One is defined beside the function, in a .cu file, and declared `extern` in a header:
/// `const Kernel<int*, int> fill_kernel{"fill", fill};`
template <class... Arguments>
struct Kernel {
  std::string_view name;
  void (*function)(Arguments...);

  KernelRef ref() const { return {name, reinterpret_cast<const void*>(function)}; }
};

using device::cover;

}  // namespace anneal::device::cuda

// Kernels as values that host code can name and launch without the CUDA compiler.
#pragma once

#include <algorithm>
#include <cstdint>
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

/// Groups of `group` threads for at least one thread per item, in each dimension.
inline LaunchShape cover(const Extent& items, const Extent& group, std::size_t shared_bytes = 0) {
  const auto groups = [](unsigned count, unsigned size) { return count / size + (count % size != 0 ? 1u : 0u); };
  return {{groups(items.x, group.x), groups(items.y, group.y), groups(items.z, group.z)}, group, shared_bytes};
}

}  // namespace anneal::device::cuda

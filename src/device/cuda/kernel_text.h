// Kernels that are compiled from text at run time.
#pragma once

#include <string>
#include <vector>

#include "base/keyed_cache.h"
#include "device/cuda/device.h"
#include "device/cuda/nvrtc.h"

namespace anneal::device::cuda {

/// How texts are compiled, besides for which target. Products and sums are not contracted to fma: a chain of operations
/// then gives the same whichever of them share a kernel, and what the CPU gives. Kernels that want fma call it.
const std::vector<std::string>& compile_options();

/// The image of `text` for devices of that capability, from `cache` or by NVRTC. Throws RuntimeError naming the kernel,
/// with what NVRTC says, where it does not compile.
std::string compile_text(const Nvrtc& nvrtc, int capability, const std::string& text, const std::string& name,
                         const base::KeyedCache& cache);

/// A kernel of an image, which is loaded as long as it lives. The device outlives it; and nothing that was launched
/// may still run when it ends.
class LoadedKernel {
 public:
  /// Throws RuntimeError naming the kernel.
  LoadedKernel(Device& device, const std::string& image, std::string name);
  LoadedKernel(const LoadedKernel&) = delete;
  LoadedKernel& operator=(const LoadedKernel&) = delete;
  ~LoadedKernel();

  KernelRef ref() const { return {name_, function_}; }

 private:
  Device& device_;
  std::string name_;
  LibraryHandle library_ = nullptr;
  const void* function_ = nullptr;
};

}  // namespace anneal::device::cuda

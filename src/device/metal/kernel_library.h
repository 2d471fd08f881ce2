// The pipelines of a device: kernels that were compiled for it, and how large their groups may be.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "device/metal/kernel.h"
#include "device/metal/runtime.h"

namespace anneal::device::metal {

/// Bytes of dynamic threadgroup memory that a group of so many threads needs; nothing stands for 0.
using SharedBytes = std::function<std::size_t(int threads)>;

/// Compiles each source and each kernel once, when it is first asked for. Thread-safe. All calls throw RuntimeError
/// that names the kernel, with the compiler's message, where it cannot be compiled.
class KernelLibrary {
 public:
  struct Pipeline {
    Object state;
    KernelAttributes attributes;
  };

  /// `properties` of `device`, which `where` names in errors.
  KernelLibrary(Runtime& runtime, Object device, const DeviceProperties& properties, std::string where);

  /// Valid as long as the library.
  const Pipeline& pipeline(const KernelRef& kernel);
  KernelAttributes attributes(const KernelRef& kernel) { return pipeline(kernel).attributes; }

  /// Threads of the largest 1-D group that the kernel and the device allow. A multiple of `step`, which is a multiple
  /// of the execution width, or 0 for that itself. Throws Error(invalid_argument) where not even `step` threads fit.
  int group_size(const KernelRef& kernel, const SharedBytes& shared_bytes = {}, int step = 0);

  /// The same for groups that are `width` threads wide, a power of two: as many rows as fit.
  Extent group_size_2d(const KernelRef& kernel, unsigned width, const SharedBytes& shared_bytes = {});

  /// Throws Error(invalid_argument) naming the kernel, the number and the range where `shape` cannot be launched.
  void check(const KernelRef& kernel, const LaunchShape& shape);

 private:
  using Key = std::tuple<std::uint64_t, std::string, std::vector<Constant>>;  // source, kernel, constants

  Object library(const KernelRef& kernel);
  bool fits(const KernelAttributes& attributes, int threads, std::size_t shared_bytes) const;

  Runtime& runtime_;
  Object device_;
  DeviceProperties properties_;
  std::string where_;
  std::mutex mutex_;
  std::map<std::uint64_t, Object> libraries_;  // by source
  std::map<Key, Pipeline> pipelines_;
};

}  // namespace anneal::device::metal

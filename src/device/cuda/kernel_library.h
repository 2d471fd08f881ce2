// What a device can do with each kernel: how large its groups should be, and how much shared memory they may have.
#pragma once

#include <functional>
#include <map>
#include <mutex>

#include "device/cuda/kernel.h"
#include "device/cuda/runtime.h"

namespace anneal::device::cuda {

/// Bytes of dynamic shared memory that a group of so many threads needs; nothing stands for 0.
using SharedBytes = std::function<std::size_t(int threads)>;

/// Asks the runtime once for each question, then remembers. Thread-safe. All calls throw RuntimeError that names the
/// kernel where the runtime fails, for instance for a kernel that was not compiled for the device.
class KernelLibrary {
 public:
  /// `properties` of `device`, which `where` names in errors.
  KernelLibrary(Runtime& runtime, int device, const DeviceProperties& properties, std::string where);

  KernelAttributes attributes(const KernelRef& kernel);

  /// The threads of a 1-D group that keep most threads of the kernel resident, by its own use of registers and shared
  /// memory; the largest of several. A multiple of `step`, which is a multiple of the warp size, or 0 for that itself.
  /// Throws Error(invalid_argument) where not even `step` threads fit.
  int group_size(const KernelRef& kernel, const SharedBytes& shared_bytes = {}, int step = 0);

  /// The same for groups that are `width` threads wide, a power of two: as many rows as are best.
  Extent group_size_2d(const KernelRef& kernel, unsigned width, const SharedBytes& shared_bytes = {});

  /// Groups of that size that a multiprocessor runs at a time; 0 where one does not fit.
  int resident_groups(const KernelRef& kernel, int threads, std::size_t shared_bytes);

  /// Lets the kernel use so many bytes of dynamic shared memory in a group. launch() calls it.
  /// Throws Error(invalid_argument) for more than the device has.
  void allow_shared_memory(const KernelRef& kernel, std::size_t bytes);

  /// What is known of a kernel that is unloaded: another one may get its address.
  void forget(const KernelRef& kernel);

  /// Throws Error(invalid_argument) naming the kernel, the number and the range where `shape` cannot be launched.
  void check(const KernelRef& kernel, const LaunchShape& shape);

 private:
  struct Known {
    KernelAttributes attributes;
    std::size_t allowed = 0;  // bytes of dynamic shared memory
  };
  Known& known(const KernelRef& kernel);
  void allow(const KernelRef& kernel, std::size_t bytes);
  int resident(const KernelRef& kernel, int threads, std::size_t shared_bytes);

  Runtime& runtime_;
  int device_;
  DeviceProperties properties_;
  std::string where_;
  std::mutex mutex_;
  std::map<const void*, Known> known_;
};

}  // namespace anneal::device::cuda

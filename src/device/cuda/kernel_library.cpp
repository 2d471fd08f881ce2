#include "device/cuda/kernel_library.h"

#include <fmt/core.h>

#include <numeric>

namespace anneal::device::cuda {
namespace {

void check_range(const KernelRef& kernel, std::string_view what, std::uint64_t value, std::uint64_t most) {
  if (value >= 1 && value <= most) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("kernel {}: {} is {}, give 1 to {}", kernel.name, what, value, most));
}

void check_extent(const KernelRef& kernel, std::string_view what, const Extent& extent, const Extent& largest) {
  check_range(kernel, fmt::format("{}.x", what), extent.x, largest.x);
  check_range(kernel, fmt::format("{}.y", what), extent.y, largest.y);
  check_range(kernel, fmt::format("{}.z", what), extent.z, largest.z);
}

}  // namespace

KernelLibrary::KernelLibrary(Runtime& runtime, int device, const DeviceProperties& properties, std::string where)
    : runtime_(runtime), device_(device), properties_(properties), where_(std::move(where)) {}

KernelLibrary::Known& KernelLibrary::known(const KernelRef& kernel) {
  if (kernel.function == nullptr) {
    throw Error(ErrorCode::unavailable, fmt::format("kernel {} is not part of this build: configure with "
                                                    "ANNEAL_CUDA=ON",
                                                    kernel.name));
  }
  const auto found = known_.find(kernel.function);
  if (found != known_.end()) return found->second;
  const CurrentDevice current(runtime_, device_);
  KernelAttributes attributes;
  runtime_.call(
      Operation::setup, [&](RuntimeApi& api) { return api.attributes(kernel.function, attributes); },
      [&] { return fmt::format("loading kernel {} on {}", kernel.name, where_); });
  const std::size_t allowed = properties_.default_shared_memory - attributes.static_shared;
  return known_.emplace(kernel.function, Known{attributes, allowed}).first->second;
}

KernelAttributes KernelLibrary::attributes(const KernelRef& kernel) {
  const std::scoped_lock lock(mutex_);
  return known(kernel).attributes;
}

void KernelLibrary::allow(const KernelRef& kernel, std::size_t bytes) {
  Known& known = this->known(kernel);
  if (bytes <= known.allowed) return;
  const std::size_t most = properties_.largest_shared_memory - known.attributes.static_shared;
  if (bytes > most) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("kernel {}: {} bytes of dynamic shared memory for a group; {} has {}", kernel.name, bytes,
                            where_, most));
  }
  const CurrentDevice current(runtime_, device_);
  runtime_.call(
      Operation::setup, [&](RuntimeApi& api) { return api.allow_shared_memory(kernel.function, bytes); },
      [&] { return fmt::format("allowing kernel {} {} bytes of shared memory on {}", kernel.name, bytes, where_); });
  known.allowed = bytes;
}

void KernelLibrary::allow_shared_memory(const KernelRef& kernel, std::size_t bytes) {
  const std::scoped_lock lock(mutex_);
  allow(kernel, bytes);
}

int KernelLibrary::resident(const KernelRef& kernel, int threads, std::size_t shared_bytes) {
  if (shared_bytes > properties_.largest_shared_memory - known(kernel).attributes.static_shared) return 0;
  allow(kernel, shared_bytes);
  const CurrentDevice current(runtime_, device_);
  int groups = 0;
  runtime_.call(
      Operation::setup,
      [&](RuntimeApi& api) { return api.resident_groups(kernel.function, threads, shared_bytes, groups); },
      [&] { return fmt::format("asking for the occupancy of kernel {} on {}", kernel.name, where_); });
  return groups;
}

int KernelLibrary::resident_groups(const KernelRef& kernel, int threads, std::size_t shared_bytes) {
  const std::scoped_lock lock(mutex_);
  return resident(kernel, threads, shared_bytes);
}

int KernelLibrary::group_size(const KernelRef& kernel, const SharedBytes& shared_bytes, int step) {
  const std::scoped_lock lock(mutex_);
  if (step == 0) step = properties_.warp_size;
  int best = 0;
  int most_threads = 0;
  for (int threads = step; threads <= known(kernel).attributes.max_threads; threads += step) {
    const int resident_threads = threads * resident(kernel, threads, shared_bytes ? shared_bytes(threads) : 0);
    if (resident_threads > 0 && resident_threads >= most_threads) {
      most_threads = resident_threads;
      best = threads;
    }
  }
  if (best > 0) return best;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("kernel {}: a group of {} threads with {} bytes of shared memory does not fit {}, which has "
                          "{} threads and {} bytes for it",
                          kernel.name, step, shared_bytes ? shared_bytes(step) : 0, where_,
                          known(kernel).attributes.max_threads, properties_.largest_shared_memory));
}

Extent KernelLibrary::group_size_2d(const KernelRef& kernel, unsigned width, const SharedBytes& shared_bytes) {
  check_range(kernel, "the width of a group", width, properties_.largest_group.x);
  const int step = std::lcm(static_cast<int>(width), properties_.warp_size);
  const auto threads = static_cast<unsigned>(group_size(kernel, shared_bytes, step));
  return {width, threads / width, 1};
}

void KernelLibrary::forget(const KernelRef& kernel) {
  const std::scoped_lock lock(mutex_);
  known_.erase(kernel.function);
}

void KernelLibrary::check(const KernelRef& kernel, const LaunchShape& shape) {
  check_extent(kernel, "grid", shape.grid, properties_.largest_grid);
  check_extent(kernel, "group", shape.group, properties_.largest_group);
  check_range(kernel, "the number of threads in a group", shape.group.count(),
              static_cast<std::uint64_t>(attributes(kernel).max_threads));
}

}  // namespace anneal::device::cuda

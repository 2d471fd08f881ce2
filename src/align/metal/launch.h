// How groups of lanes are launched.
#pragma once

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>

#include "device/metal/device.h"

namespace anneal::align::metal {

/// Lanes of a simdgroup: kernels shuffle among so many.
inline constexpr int simdgroup_lanes = 32;

/// For `jobs`, each a group of `lanes` lanes, in groups of `most` threads: fewer where the kernel's registers allow no
/// more. Throws Error(device_failed) where the kernel's simdgroups are of another size, as those of some Intel Macs'
/// GPUs.
inline device::LaunchShape launch_shape(device::metal::Device& device, const device::metal::KernelRef& kernel,
                                        std::int64_t jobs, int lanes, int most) {
  const int width = device.kernels().attributes(kernel).execution_width;
  if (width != simdgroup_lanes) {
    throw Error(ErrorCode::device_failed, fmt::format("kernel {} has simdgroups of {} threads on {}, it needs {}",
                                                      kernel.name, width, device.where(), simdgroup_lanes));
  }
  const int threads = std::min(most, device.kernels().group_size(kernel));
  const std::int64_t jobs_per_group = threads / lanes;
  return {.grid = {static_cast<unsigned>((jobs + jobs_per_group - 1) / jobs_per_group)},
          .group = {static_cast<unsigned>(threads)}};
}

}  // namespace anneal::align::metal

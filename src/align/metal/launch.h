// How groups of lanes are launched.
#pragma once

#include <algorithm>
#include <cstdint>

#include "device/metal/device.h"

namespace anneal::align::metal {

/// For `jobs`, each a group of `lanes` lanes, in groups of `most` threads: fewer where the kernel's registers allow no
/// more.
inline device::LaunchShape launch_shape(device::metal::Device& device, const device::metal::KernelRef& kernel,
                                        std::int64_t jobs, int lanes, int most) {
  const int threads = std::min(most, device.kernels().group_size(kernel));
  const std::int64_t jobs_per_group = threads / lanes;
  return {.grid = {static_cast<unsigned>((jobs + jobs_per_group - 1) / jobs_per_group)},
          .group = {static_cast<unsigned>(threads)}};
}

}  // namespace anneal::align::metal

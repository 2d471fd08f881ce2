// Which of CUDA's errors end the use of CUDA, and which do not.
#pragma once

#include "device/cuda/runtime_api.h"

namespace anneal::device::cuda {

/// The values of cudaError_t that this code or its tests name.
namespace status {
inline constexpr Status success = 0;
inline constexpr Status invalid_value = 1;
inline constexpr Status out_of_memory = 2;
inline constexpr Status invalid_configuration = 9;
inline constexpr Status insufficient_driver = 35;
inline constexpr Status devices_unavailable = 46;
inline constexpr Status no_device = 100;
inline constexpr Status ecc_uncorrectable = 214;
inline constexpr Status not_ready = 600;
inline constexpr Status illegal_address = 700;
inline constexpr Status launch_out_of_resources = 701;
inline constexpr Status launch_timeout = 702;
inline constexpr Status launch_failure = 719;
}  // namespace status

/// After such an error all later calls of the process fail as well. Errors that are not known to be harmless count.
bool is_sticky(Status status);

}  // namespace anneal::device::cuda

// NVRTC without NVIDIA: the compiler of the host.
#pragma once

#include <memory>

#include "device/cuda/vendor_library.h"

namespace cuda_emulator {

/// For FakeCuda::vendor_libraries. A program is called as the kernel that is wanted of it.
std::shared_ptr<const anneal::device::cuda::VendorLibrary> make_nvrtc();

}  // namespace cuda_emulator

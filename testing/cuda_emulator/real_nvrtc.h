// NVIDIA's own compiler, which needs no GPU: what it does not take, the stand-in does not take either.
#pragma once

#include <string>

#include "device/cuda/nvrtc.h"

namespace cuda_emulator {

/// Null where this machine has none.
const anneal::device::cuda::Nvrtc* real_nvrtc();
/// Why it is null.
const std::string& why_no_real_nvrtc();

/// What it says of a text, for every generation of GPUs that kernels may meet: errors and warnings. Empty where it is
/// content, or not there.
std::string complaint_of_real_nvrtc(const std::string& text, const std::string& name);
/// Of all that a complaint depends on but the text.
std::string key_of_real_nvrtc();

}  // namespace cuda_emulator

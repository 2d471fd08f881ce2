// NVIDIA's own compiler, which needs no GPU: what it does not take, the stand-in does not take either.
#pragma once

#include <string>

#include "device/cuda/nvrtc.h"

namespace cuda_emulator {

/// Null where this machine has none.
const anneal::device::cuda::Nvrtc* real_nvrtc();
/// Why it is null.
const std::string& why_no_real_nvrtc();

/// The generations of GPUs that kernels may meet: the A100's, the H100's, and Blackwell's of workstations.
inline constexpr int nvrtc_capabilities[] = {80, 90, 120};

/// What it says of a text: errors and warnings. Empty where it is content, or not there.
std::string complaint_of_real_nvrtc(const std::string& text, const std::string& name, int capability);
/// The same, for one generation: which one depends on the text, so that many texts meet all.
std::string complaint_of_real_nvrtc(const std::string& text, const std::string& name);
/// Of all that a complaint depends on but the text.
std::string key_of_real_nvrtc();

}  // namespace cuda_emulator

// CUDA on a CPU, for tests: its runtime, NVRTC and cuBLASLt.
#pragma once

#include <memory>

#include "support/fake_cuda.h"

namespace cuda_emulator {

/// A stand-in for the runtime that runs kernels of text. There is one with products at a time.
std::unique_ptr<anneal::test::FakeCuda> make_cuda(int devices = 1);

}  // namespace cuda_emulator

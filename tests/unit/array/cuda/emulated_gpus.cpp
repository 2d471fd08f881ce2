#include <cuda_emulator.h>

#include "unit/array/cuda/gpu_fixture.h"

namespace anneal::array::gpu {

std::vector<device::cuda::Gpu> test_gpus() { return {device::cuda::Gpu::fake, device::cuda::Gpu::real}; }

std::unique_ptr<anneal::test::FakeCuda> emulated_cuda() { return cuda_emulator::make_cuda(); }

}  // namespace anneal::array::gpu

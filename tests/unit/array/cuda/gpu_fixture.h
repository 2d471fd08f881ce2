// NVIDIA's GPUs for the tests of arrays: emulated ones, where the program has them, or a real one.
#pragma once

#include "array/cuda/gpu.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::array::gpu {

using device::cuda::error_of;
using device::cuda::gpu_name;

/// Those that this program can test.
std::vector<device::cuda::Gpu> test_gpus();
/// The stand-in for CUDA. Null where the program has none.
std::unique_ptr<anneal::test::FakeCuda> emulated_cuda();

/// Skipped with the reason where there is no real GPU.
class GpuFixture : public device::cuda::CudaTest {
 protected:
  std::unique_ptr<anneal::test::FakeCuda> make() override { return emulated_cuda(); }
  bool counts_compilations() { return is_fake(); }
  std::uint64_t compilations() { return fake_->images_loaded(); }
  /// Of what open() opens from now on. False where it has what memory it has.
  bool limit_memory(std::uint64_t bytes) {
    if (is_fake()) fake_->devices.front().memory = bytes;
    return is_fake();
  }
  std::unique_ptr<Gpu> open() { return cuda::open_gpu(runtime(), 0, "cuda"); }
};

}  // namespace anneal::array::gpu

// GPUs by Metal for the tests of arrays: emulated ones, with unified memory and without, or a real one.
#pragma once

#include "array/metal/gpu.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::array::gpu {

using device::metal::error_of;
using device::metal::gpu_name;
using device::metal::test_gpus;

class GpuFixture : public device::metal::MetalTest {
 protected:
  bool counts_compilations() { return true; }
  std::uint64_t compilations() { return runtime().faults().count(device::Operation::setup); }
  /// Of what open() opens from now on. False where it has what memory it has.
  bool limit_memory(std::uint64_t bytes) { return device::metal::limit_memory(bytes); }
  std::unique_ptr<Gpu> open() { return metal::open_gpu(runtime(), 0, "metal"); }
};

}  // namespace anneal::array::gpu

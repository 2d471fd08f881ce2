// The conformance tests on a machine without a GPU: a stand-in for CUDA runs the kernels with emulated lanes.
#include <gtest/gtest.h>

#include "device/cuda/runtime.h"
#include "support/emulated_kernels.h"

int main(int argc, char** argv) {
  static anneal::test::FakeCuda fake(2);
  for (auto& device : fake.devices) device.memory = std::uint64_t{4} << 30;
  anneal::test::define_align_kernels(fake);
  anneal::device::cuda::replace_toolkit(fake);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}

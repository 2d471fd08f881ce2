#include "unit/device/metal/metal_test.h"

#include "device/metal/toolkit.h"

namespace anneal::device::metal {

std::string gpu_name(const testing::TestParamInfo<Gpu>& info) {
  switch (info.param) {
    case Gpu::apple:
      return "Apple";
    case Gpu::discrete:
      return "Discrete";
    case Gpu::real:
      break;
  }
  return "Real";
}

void MetalTest::SetUp() {
  use_gpu(GetParam());
  objects_before_ = live_objects();
  runtime_ = std::make_unique<Runtime>(*toolkit_api());
  const Backend first = list_backends(runtime_.get()).front();
  if (!first.available && GetParam() == Gpu::real) GTEST_SKIP() << "no GPU to test on: " << first.reason;
  ASSERT_TRUE(first.available) << first.reason;  // emulated ones there are always
  device_ = std::make_unique<Device>(*runtime_, 0);
  runtime_->reset_faults();
}

void MetalTest::TearDown() {
  device_.reset();
  if (leaks_) return;
  EXPECT_TRUE(has_live_objects(objects_before_)) << "something was not given back";
}

}  // namespace anneal::device::metal

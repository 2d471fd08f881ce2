#include "device/metal/device.h"

#include <gmock/gmock.h>

#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class MetalDevice : public MetalTest {};
INSTANTIATE_TEST_SUITE_P(On, MetalDevice, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalDevice, SaysWhatItIs) {
  EXPECT_FALSE(device().name().empty());
  EXPECT_EQ(device().kind(), DeviceKind::gpu);
  EXPECT_EQ(device().where(), device().name() + " (metal)");
  EXPECT_GT(device().memory(), 0u);
  const DeviceProperties& properties = device().properties();
  EXPECT_EQ(device().memory(), properties.memory);
  EXPECT_GE(properties.largest_group.x, 256u);
  EXPECT_GE(properties.threadgroup_bytes, 16384u);
  EXPECT_TRUE(properties.has_simdgroups);
  EXPECT_EQ(properties.has_matrices, properties.family.starts_with("Apple"));
  EXPECT_THAT(properties.family, testing::AnyOf(HasSubstr("Apple"), HasSubstr("Mac2")));
  EXPECT_NE(properties.id, 0u);
  const DeviceLimits limits = device().limits();
  EXPECT_EQ(limits.alignment, 256u);
  EXPECT_EQ(limits.largest_allocation, properties.largest_buffer);
  EXPECT_GT(limits.largest_allocation, 0u);
  if (GetParam() != Gpu::real) {
    EXPECT_EQ(limits.unified_memory, GetParam() == Gpu::apple);
  }
  EXPECT_THAT(device().identity(), AllOf(HasSubstr(device().name()), HasSubstr(properties.family)));
}

TEST_P(MetalDevice, KnowsHowMuchMemoryItHas) {
  const std::uint64_t free = device().free_memory();
  EXPECT_LE(free, device().memory());
  const Allocation memory = device().allocate(std::size_t{1} << 20, MemoryKind::device);
  EXPECT_LE(device().free_memory() + (1u << 20), free);
}

TEST_P(MetalDevice, MakesQueues) {
  const std::unique_ptr<device::Queue> queue = device().create_queue();
  int ran = 0;
  queue->submit([&ran] { ++ran; });
  queue->synchronize();
  EXPECT_EQ(ran, 1);
}

TEST_P(MetalDevice, OthersThanThereAreCannotBeOpened) {
  const auto error = error_of<RuntimeError>([&] { Device(runtime(), 99); });
  EXPECT_THAT(error.what(), AllOf(HasSubstr("opening metal:99 failed"), HasSubstr("devices")));
  EXPECT_THROW(Device(runtime(), -1), RuntimeError);
}

}  // namespace
}  // namespace anneal::device::metal

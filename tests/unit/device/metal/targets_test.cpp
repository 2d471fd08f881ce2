#include "device/metal/targets.h"

#include <gmock/gmock.h>

#include "device/metal/toolkit.h"
#include "device/registry.h"
#include "unit/device/metal/metal_test.h"
#include "unit/device/metal/wrapped_api.h"

namespace anneal::device::metal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class MetalTargets : public MetalTest {};
INSTANTIATE_TEST_SUITE_P(On, MetalTargets, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalTargets, EachDeviceIsABackend) {
  std::vector<Backend> found = list_backends(&runtime());
  if (found[0].name == all_devices) found.erase(found.begin());
  ASSERT_GE(found.size(), 1u);
  EXPECT_EQ(found[0].name, "metal");
  EXPECT_EQ(found[0].aliases.front(), "metal:0");
  EXPECT_EQ(found[0].kind, "gpu");
  EXPECT_EQ(found[0].device, device().name());
  EXPECT_TRUE(found[0].available);
  EXPECT_EQ(found[0].memory, device().memory());
}

TEST_P(MetalTargets, SeveralDevicesHaveNumbers) {
  WrappedApi several(*toolkit_api());
  several.copies = 3;
  several.change = [](DeviceProperties& properties, int ordinal) {
    properties.name += static_cast<char>('A' + ordinal);
    properties.has_simdgroups = ordinal != 2;
  };
  Runtime runtime(several);
  std::vector<Backend> found = list_backends(&runtime);
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].name, all_devices);
  EXPECT_EQ(found[0].device, "1 x " + device().name() + "A, 1 x " + device().name() + "B");
  EXPECT_EQ(found[0].memory, 2 * device().memory());
  found.erase(found.begin());
  EXPECT_THAT(found[0].aliases, ElementsAre("metal:0"));
  EXPECT_EQ(found[1].name, "metal:1");
  EXPECT_THAT(found[1].aliases, IsEmpty());
  EXPECT_TRUE(found[1].available);
  EXPECT_FALSE(found[2].available);
  EXPECT_THAT(found[2].reason, HasSubstr("kernels need Apple7"));
  Device second(runtime, 1);
  EXPECT_EQ(second.where(), device().name() + "B (metal:1)");
}

TEST_P(MetalTargets, SayWhyThereIsNone) {
  EXPECT_EQ(list_backends(nullptr).front().reason, "this build has no Metal, which only macOS has");
  WrappedApi none(*toolkit_api());
  none.copies = 0;
  Runtime runtime(none);
  const std::vector<Backend> found = list_backends(&runtime);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "metal");
  EXPECT_FALSE(found[0].available);
  EXPECT_EQ(found[0].reason, "Metal shows no GPU");
  runtime.faults().plan(Operation::setup, 1, status::internal);
  EXPECT_THAT(list_backends(&runtime).front().reason, HasSubstr("listing Metal's devices failed"));
}

TEST(MetalNames, MeanDevices) {
  EXPECT_EQ(ordinal_of("metal"), 0);
  EXPECT_EQ(ordinal_of("metal:0"), 0);
  EXPECT_EQ(ordinal_of("metal:12"), 12);
  for (const char* name : {"", "metal:", "metal:x", "metal:1x", "metal:-1", "metal:99999999999", "metalx", "cuda"}) {
    EXPECT_EQ(ordinal_of(name), std::nullopt) << name;
  }
  for (const int ordinal : {0, 1, 12}) EXPECT_EQ(ordinal_of(backend_name(ordinal)), ordinal);
}

TEST(MetalNames, MeanSeveralDevices) {
  EXPECT_THAT(ordinals_of("metal:3"), ElementsAre(3));
  EXPECT_THAT(ordinals_of("avx2"), IsEmpty());
  for (const int ordinal : ordinals_of(all_devices)) EXPECT_GE(ordinal, 0);
}

TEST(MetalNames, ThatAreKnownSayWhyTheyAreNotThere) {
  EXPECT_THAT(why_not_built("metal:99"), HasSubstr("Metal device"));
  for (const char* name : {"", "metal:x", "avx2"}) EXPECT_EQ(why_not_built(name), "") << name;
}

TEST(MetalNames, AreInTheRegistry) {
  if (!is_available()) GTEST_SKIP() << "no GPU: " << list_backends().front().reason;
  const Backend backend = find_backend("metal:0");
  EXPECT_EQ(backend.name, "metal");
  EXPECT_EQ(open_device(backend, 0)->kind(), DeviceKind::gpu);
  try {
    find_backend("metal:98");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::unavailable);
    EXPECT_THAT(error.what(), HasSubstr("counted from 0"));
  }
}

}  // namespace
}  // namespace anneal::device::metal

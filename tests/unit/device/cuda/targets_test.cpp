#include "device/cuda/targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fake_cuda.h"

namespace anneal::device::cuda {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<Backend> list(test::FakeCuda& fake) {
  Runtime runtime(fake);
  return list_backends(&runtime);
}

// The reason where there is no device.
std::string reason(test::FakeCuda& fake) {
  const std::vector<Backend> found = list(fake);
  EXPECT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].name, "cuda");
  EXPECT_EQ(found[0].kind, "gpu");
  EXPECT_FALSE(found[0].available);
  return found[0].reason;
}

TEST(CudaTargets, EachDeviceIsABackend) {
  test::FakeCuda fake(3);
  fake.devices[2].capability = 75;
  std::vector<Backend> found = list(fake);
  ASSERT_EQ(found.size(), 4u);
  found.erase(found.begin());
  EXPECT_EQ(found[0].name, "cuda");
  EXPECT_THAT(found[0].aliases, testing::ElementsAre("cuda:0"));
  EXPECT_EQ(found[0].device, "Fake GPU");
  EXPECT_TRUE(found[0].available);
  EXPECT_EQ(found[0].units, 4);
  EXPECT_EQ(found[0].memory, std::uint64_t{1} << 30);
  EXPECT_EQ(found[1].name, "cuda:1");
  EXPECT_THAT(found[1].aliases, IsEmpty());
  EXPECT_FALSE(found[2].available);
  EXPECT_EQ(found[2].reason, "its compute capability is 7.5, this build needs 8.0 or newer");
}

TEST(CudaTargets, ThoseThatAreAvailableAreOneToo) {
  test::FakeCuda fake(4);
  fake.devices[1].capability = 75;
  fake.devices[3].name = "Other GPU";
  const Backend all = list(fake).front();
  EXPECT_EQ(all.name, all_devices);
  EXPECT_EQ(all.kind, "gpu");
  EXPECT_EQ(all.device, "2 x Fake GPU, 1 x Other GPU");
  EXPECT_TRUE(all.available);
  EXPECT_EQ(all.units, 3 * 4);
  EXPECT_EQ(all.memory, std::uint64_t{3} << 30);
}

TEST(CudaTargets, OneDeviceIsAllOfThem) {
  test::FakeCuda fake(2);
  fake.devices[0].capability = 75;
  const std::vector<Backend> found = list(fake);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].aliases, testing::ElementsAre("cuda:0"));
  EXPECT_THAT(found[1].aliases, testing::ElementsAre(all_devices));
}

TEST(CudaTargets, SayWhyThereIsNone) {
  EXPECT_EQ(list_backends(nullptr).front().reason, "this build has no CUDA");
  test::FakeCuda fake(0);
  EXPECT_THAT(reason(fake), HasSubstr("shows no GPU"));
  fake.count_status = status::devices_unavailable;
  EXPECT_THAT(reason(fake), AllOf(HasSubstr("counting CUDA devices failed"), HasSubstr("46")));
  fake.driver = 12040;
  EXPECT_EQ(reason(fake),
            "the NVIDIA driver is for CUDA 12.4, this build needs one for 13.0 or newer: update the driver");
  fake.driver = 0;
  EXPECT_EQ(reason(fake), "no NVIDIA driver is installed (libcuda.so.1)");
}

TEST(CudaTargets, NamesMeanDevices) {
  EXPECT_EQ(ordinal_of("cuda"), 0);
  EXPECT_EQ(ordinal_of("cuda:0"), 0);
  EXPECT_EQ(ordinal_of("cuda:12"), 12);
  for (const char* name : {"", "cuda:", "cuda:x", "cuda:1x", "cuda:-1", "cuda:99999999999", "cudax", "avx2"}) {
    EXPECT_EQ(ordinal_of(name), std::nullopt) << name;
  }
  for (const int ordinal : {0, 1, 12}) EXPECT_EQ(ordinal_of(backend_name(ordinal)), ordinal);
}

TEST(CudaTargets, NamesMeanSeveralDevices) {
  EXPECT_THAT(ordinals_of("cuda:3"), testing::ElementsAre(3));
  EXPECT_THAT(ordinals_of("avx2"), IsEmpty());
  for (const int ordinal : ordinals_of(all_devices)) EXPECT_GE(ordinal, 0);
}

TEST(CudaTargets, KnownNamesSayWhyTheyAreNotThere) {
  EXPECT_NE(why_not_built("cuda:99"), "");
  for (const char* name : {"", "cuda:x", "avx2"}) EXPECT_EQ(why_not_built(name), "") << name;
}

TEST(CudaTargets, ThisMachine) {
  for (const Backend& backend : list_backends()) {
    EXPECT_EQ(backend.kind, "gpu");
    EXPECT_EQ(backend.available, backend.reason.empty());
  }
}

}  // namespace
}  // namespace anneal::device::cuda

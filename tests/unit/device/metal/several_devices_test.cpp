// Two emulated GPUs: one with unified memory, and a discrete one.
#include <gmock/gmock.h>
#include <metal_emulator.h>

#include "device/metal/self_check.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SeveralMetalDevices : public MetalTest {
 protected:
  void SetUp() override {
    MetalTest::SetUp();
    add_other_gpu();
    other_ = std::make_unique<Device>(runtime(), 1);
  }
  void TearDown() override {
    other_.reset();
    MetalTest::TearDown();
  }

  Device& other() { return *other_; }

 private:
  std::unique_ptr<Device> other_;
};
INSTANTIATE_TEST_SUITE_P(On, SeveralMetalDevices, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(SeveralMetalDevices, AreBackendsAloneAndTogether) {
  const std::vector<Backend> found = list_backends(&runtime());
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].name, all_devices);
  EXPECT_EQ(found[0].device, "1 x " + device().name() + ", 1 x " + other().name());
  EXPECT_EQ(found[0].memory, device().memory() + other().memory());
  EXPECT_EQ(found[1].name, "metal");
  EXPECT_THAT(found[1].aliases, ElementsAre("metal:0"));
  EXPECT_EQ(found[1].device, device().name());
  EXPECT_EQ(found[2].name, "metal:1");
  EXPECT_THAT(found[2].aliases, IsEmpty());
  EXPECT_EQ(found[2].device, other().name());
  for (const Backend& backend : found) EXPECT_TRUE(backend.available) << backend.name;
}

TEST_P(SeveralMetalDevices, DifferAndBothWork) {
  EXPECT_NE(device().properties().id, other().properties().id);
  EXPECT_NE(device().limits().unified_memory, other().limits().unified_memory);
  for (Device* each : {&device(), &other()}) EXPECT_NO_THROW(check_device(*each));
  EXPECT_GT(metal_emulator::commits(0), 0u);
  EXPECT_GT(metal_emulator::commits(1), 0u);
}

TEST_P(SeveralMetalDevices, DoNotKnowEachOthersMemory) {
  const Allocation memory = other().allocate(400, MemoryKind::device);
  Queue queue(device());
  EXPECT_THROW(queue.fill(memory.data(), 0, 400), Error);
}

TEST_P(SeveralMetalDevices, WorkOnWhereOneIsRemoved) {
  leaks_ = true;
  metal_emulator::remove_device(0, 1);
  const auto lost = error_of<RuntimeError>([&] { check_device(device()); });
  EXPECT_THAT(lost.what(), HasSubstr("DeviceRemoved"));
  EXPECT_TRUE(device().runtime().is_poisoned());
  EXPECT_THAT(error_of<RuntimeError>([&] { check_device(device()); }).what(), HasSubstr("was not tried"));
  EXPECT_FALSE(other().runtime().is_poisoned());
  EXPECT_FALSE(runtime().is_poisoned());
  EXPECT_NO_THROW(check_device(other()));
}

TEST_P(SeveralMetalDevices, AreAllLostWhereAccessIsRevoked) {
  leaks_ = true;
  constexpr unsigned all = 1000;  // none runs after one that was refused
  metal_emulator::plan_fault(metal_emulator::Fault::command_buffer, 1, all, status::access_revoked);
  EXPECT_THROW(check_device(other()), RuntimeError);
  EXPECT_THAT(error_of<RuntimeError>([&] { check_device(device()); }).what(), HasSubstr("was not tried"));
}

}  // namespace
}  // namespace anneal::device::metal

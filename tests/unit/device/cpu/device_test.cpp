#include "device/cpu/device.h"

#include <gtest/gtest.h>

#include "anneal/error.h"
#include "base/cpu.h"
#include "base/memory.h"

// Sanitizers end the process where malloc would refuse.
// NOLINTBEGIN(bugprone-reserved-identifier, readability-identifier-naming)
extern "C" const char* __asan_default_options() { return "allocator_may_return_null=1"; }
extern "C" const char* __tsan_default_options() { return "allocator_may_return_null=1"; }
// NOLINTEND(bugprone-reserved-identifier, readability-identifier-naming)

namespace anneal::device::cpu {
namespace {

TEST(CpuDevice, DescribesTheMachine) {
  const Device device;
  EXPECT_EQ(device.name(), base::processor_name());
  EXPECT_EQ(device.kind(), DeviceKind::cpu);
  EXPECT_EQ(device.memory(), base::total_memory());
  EXPECT_EQ(device.limits().units, base::usable_processors());
  EXPECT_EQ(device.limits().alignment, host_alignment);
  EXPECT_EQ(Device(3).limits().units, 3);
}

TEST(CpuDevice, RefusesANegativeNumberOfThreads) {
  try {
    Device device(-1);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_STREQ(error.what(), "threads is -1: give a number from 1 up, or 0 for all processors");
  }
}

TEST(CpuDevice, GivesMemoryOfEveryKind) {
  Device device(1);
  for (const MemoryKind kind : {MemoryKind::shared, MemoryKind::device, MemoryKind::staging}) {
    Allocation first = device.allocate(1000, kind);
    EXPECT_NE(first.data(), nullptr);
    EXPECT_EQ(first.bytes(), 1000u);
    const Allocation second = std::move(first);
    EXPECT_EQ(second.bytes(), 1000u);
  }
  EXPECT_EQ(Allocation().data(), nullptr);
  EXPECT_EQ(Allocation().bytes(), 0u);
}

TEST(CpuDevice, ReportsMemoryThatTheMachineRefuses) {
  Device device(1);
  try {
    device.allocate(std::size_t{1} << 60, MemoryKind::shared);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::out_of_memory);
    EXPECT_STREQ(error.what(), "the machine refused 1152921504606846976 bytes of memory: use less, or free some");
  }
}

TEST(CpuDevice, QueuesRun) {
  Device device(2);
  const auto queue = device.create_queue();
  int value = 0;
  queue->submit([&value] { value = 1; });
  queue->synchronize();
  EXPECT_EQ(value, 1);
}

}  // namespace
}  // namespace anneal::device::cpu

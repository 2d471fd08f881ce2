// Every call that a job makes fails once, one after the other.
#include <gmock/gmock.h>

#include <numeric>

#include "device/buffer_pool.h"
#include "device/metal/self_check.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

class MetalFaults : public MetalTest {
 protected:
  // Uses each kind of call; the sum of what the kernel wrote.
  std::uint64_t run_job() {
    constexpr unsigned size = 100;
    Device device(runtime(), 0);
    BufferPool memory(device, MemoryKind::device);
    BufferPool staging(device, MemoryKind::staging);
    const auto numbers = memory.acquire<std::uint32_t>(size);
    const auto result = staging.acquire<std::uint32_t>(size);
    std::uint64_t sum = 0;  // outlives the queue that adds to it, whatever fails
    Queue queue(device);
    Queue download(device);
    queue.fill(numbers.data(), 0, size * sizeof(std::uint32_t));
    const auto group = static_cast<unsigned>(device.kernels().group_size(fill_kernel.ref()));
    queue.launch_sliced(fill_kernel, cover({size}, {group}), 1, numbers.data(), 1, size);
    download.wait(queue.record());
    download.copy(result.data(), numbers.data(), size * sizeof(std::uint32_t));
    download.submit([&] { sum = std::accumulate(result.begin(), result.end(), sum); });
    download.synchronize();
    return sum;
  }

  // Calls `check` with the n-th call of each operation planned to fail.
  template <class Check>
  void for_each_fault(Status status, const Check& check) {
    runtime().reset_faults();
    ASSERT_EQ(run_job(), expected);
    std::array<std::uint64_t, all_operations.size()> counts{};
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = runtime().faults().count(all_operations[i]);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      EXPECT_GT(counts[i], 0u) << "the job leaves an operation out";
      for (std::uint64_t n = 1; n <= counts[i]; ++n) {
        SCOPED_TRACE(testing::Message() << "operation " << i << ", call " << n);
        runtime().reset_faults();
        runtime().faults().plan(all_operations[i], n, status);
        check();
      }
    }
    runtime().reset_faults();
  }

  static constexpr std::uint64_t expected = 5050;
};
INSTANTIATE_TEST_SUITE_P(On, MetalFaults, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalFaults, WhatFailsOnceIsAnErrorAndLeavesNothingBehind) {
  for (const Status status : {status::out_of_memory, status::timeout}) {
    for_each_fault(status, [&] {
      try {
        EXPECT_EQ(run_job(), expected);
        // How often a device is asked whether it is done depends on how long it takes.
        EXPECT_FALSE(runtime().faults().has_struck()) << "a fault was lost";
      } catch (const RuntimeError& error) {
        EXPECT_EQ(error.status(), status);
      }
      EXPECT_FALSE(device().runtime().is_poisoned());
      runtime().reset_faults();
      EXPECT_EQ(run_job(), expected) << "the next job works";
    });
  }
}

TEST_P(MetalFaults, StickyErrorsStopTheUseOfMetal) {
  for_each_fault(status::device_removed, [&] {
    try {
      EXPECT_EQ(run_job(), expected) << "a fault was lost";
    } catch (const RuntimeError& error) {
      // What failed behind the caller's back, the caller learns from what is not tried any more.
      EXPECT_TRUE(error.status() == status::device_removed || error.status() == status::success);
    }
    if (!runtime().faults().has_struck()) return;
    EXPECT_TRUE(device().runtime().is_poisoned());
    EXPECT_THROW(run_job(), RuntimeError);
  });
}

}  // namespace
}  // namespace anneal::device::metal

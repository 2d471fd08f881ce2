// Every call that a job makes fails once, one after the other.
#include <gmock/gmock.h>

#include "device/buffer_pool.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::device::cuda {
namespace {

class CudaFaults : public CudaTest {
 protected:
  // Uses each kind of call; the sum of what the kernel wrote.
  std::uint64_t run_job() {
    constexpr std::size_t size = 100;
    Device device(runtime(), 0);
    BufferPool memory(device, MemoryKind::device);
    BufferPool staging(device, MemoryKind::staging);
    const auto numbers = memory.acquire<std::uint32_t>(size);
    const auto result = staging.acquire<std::uint32_t>(size);
    Queue queue(device);
    Queue download(device);
    queue.fill(numbers.data(), 0, size * sizeof(std::uint32_t));
    const int group = device.kernels().group_size(fill_.ref());
    queue.launch(fill_, cover({size}, {static_cast<unsigned>(group)}), numbers.data(), 1, size);
    download.wait(queue.record());
    download.copy(result.data(), numbers.data(), size * sizeof(std::uint32_t));
    std::uint64_t sum = 0;
    download.submit([&] {
      for (const std::uint32_t number : result) sum += number;
    });
    download.synchronize();
    return sum;
  }

  static constexpr std::uint64_t expected = 5050;
};
INSTANTIATE_TEST_SUITE_P(On, CudaFaults, testing::Values(Gpu::fake, Gpu::real), gpu_name);

// Calls `check(operation, n)` with the n-th call of each operation planned to fail.
template <class Check>
void for_each_fault(Runtime& runtime, const std::function<std::uint64_t()>& job, Status status, const Check& check) {
  runtime.reset_faults();
  ASSERT_EQ(job(), 5050u);
  std::array<std::uint64_t, all_operations.size()> counts{};
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = runtime.faults().count(all_operations[i]);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    EXPECT_GT(counts[i], 0u) << "the job leaves an operation out";
    // How often a real device is asked depends on how long it takes.
    const std::uint64_t most = std::min<std::uint64_t>(counts[i], 200);
    for (std::uint64_t n = 1; n <= most; ++n) {
      runtime.reset_faults();
      runtime.faults().plan(all_operations[i], n, status);
      check(all_operations[i], n);
    }
  }
  runtime.reset_faults();
}

TEST_P(CudaFaults, WhatFailsOnceIsAnErrorAndLeavesNothingBehind) {
  const auto job = [this] { return run_job(); };
  for (const Status status : {status::out_of_memory, status::invalid_value}) {
    for_each_fault(runtime(), job, status, [&](Operation operation, std::uint64_t n) {
      SCOPED_TRACE(testing::Message() << "operation " << static_cast<int>(operation) << ", call " << n);
      try {
        EXPECT_EQ(run_job(), expected) << "a fault was lost";
      } catch (const RuntimeError& error) {
        EXPECT_EQ(error.status(), status);
      }
      EXPECT_FALSE(runtime().is_poisoned());
      EXPECT_EQ(is_fake() ? fake_->live() : 0, 0u);
      runtime().reset_faults();  // a real device may have been asked less often this time
      EXPECT_EQ(run_job(), expected) << "the next job works";
    });
  }
}

TEST_P(CudaFaults, StickyErrorsStopTheUseOfCuda) {
  leaks_ = true;
  const auto job = [this] { return run_job(); };
  for_each_fault(runtime(), job, status::launch_failure, [&](Operation operation, std::uint64_t n) {
    SCOPED_TRACE(testing::Message() << "operation " << static_cast<int>(operation) << ", call " << n);
    try {
      EXPECT_EQ(run_job(), expected) << "a fault was lost";
    } catch (const RuntimeError& error) {
      EXPECT_EQ(error.status(), status::launch_failure);
    }
    if (!runtime().faults().has_struck()) return;
    EXPECT_TRUE(runtime().is_poisoned());
    const std::size_t calls = is_fake() ? fake_->calls() : 0;
    EXPECT_THROW(run_job(), RuntimeError);
    EXPECT_EQ(is_fake() ? fake_->calls() : 0, calls);
  });
}

}  // namespace
}  // namespace anneal::device::cuda

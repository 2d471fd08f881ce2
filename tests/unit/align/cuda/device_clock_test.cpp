#include "align/cuda/device_clock.h"

#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {
namespace {

using device::cuda::Gpu;
using device::cuda::Queue;

/// The stand-in takes a millisecond for each piece of work.
class DeviceClockTest : public device::cuda::CudaTest {};
INSTANTIATE_TEST_SUITE_P(On, DeviceClockTest, testing::Values(Gpu::fake), device::cuda::gpu_name);

TEST_P(DeviceClockTest, CountsWhatRunsAtTheSameTimeOnce) {
  Queue a(device()), b(device());
  DeviceClock clock(a);
  EXPECT_EQ(clock.seconds(), 0);
  const auto work = [](Queue& queue) { queue.submit([] {}); };
  DeviceClock::Span first, second, third;
  work(a);
  first.begin(a);  // at 2 ms
  work(a);
  second.begin(b);
  work(b);
  first.end(a);
  work(b);
  second.end(b);
  work(b);
  third.begin(a);
  third.end(a);
  a.synchronize();
  b.synchronize();
  clock.count(second);
  const double of_second = clock.seconds();
  clock.count(first);
  const double of_both = clock.seconds();
  clock.count(third);
  EXPECT_GT(of_second, 0);
  EXPECT_GT(of_both, of_second);
  EXPECT_GT(clock.seconds(), of_both);
  clock.count(first);
  clock.count(second);
  EXPECT_GT(clock.seconds(), of_both);
  const double all = clock.seconds();
  clock.count(third);
  EXPECT_EQ(clock.seconds(), all);
}

}  // namespace
}  // namespace anneal::align::cuda

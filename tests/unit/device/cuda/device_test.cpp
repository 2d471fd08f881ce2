#include "device/cuda/device.h"

#include <gmock/gmock.h>

#include <cstring>

#include "device/buffer_pool.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::device::cuda {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class CudaDevice : public CudaTest {};
INSTANTIATE_TEST_SUITE_P(On, CudaDevice, testing::Values(Gpu::fake, Gpu::real), gpu_name);

class FakeDevice : public CudaTest {};
INSTANTIATE_TEST_SUITE_P(On, FakeDevice, testing::Values(Gpu::fake), gpu_name);

class RealDevice : public CudaTest {};
INSTANTIATE_TEST_SUITE_P(On, RealDevice, testing::Values(Gpu::real), gpu_name);

TEST_P(CudaDevice, SaysWhatItIs) {
  EXPECT_FALSE(device().name().empty());
  EXPECT_EQ(device().kind(), DeviceKind::gpu);
  EXPECT_EQ(device().where(), device().name() + " (cuda)");
  EXPECT_GT(device().memory(), 0u);
  EXPECT_LE(device().free_memory(), device().memory());
  EXPECT_GE(device().properties().capability, 80);
  const DeviceLimits limits = device().limits();
  EXPECT_GE(limits.units, 1);
  EXPECT_GE(limits.alignment, 16u);
  EXPECT_EQ(limits.largest_allocation, device().memory());
  EXPECT_THAT(device().identity(), AllOf(HasSubstr(device().name()), HasSubstr("driver 1")));
}

TEST_P(CudaDevice, HostAndDeviceReachTheKindsOfMemoryThatTheyShould) {
  constexpr std::size_t bytes = 10000;
  Queue queue(device());
  const Allocation memory = device().allocate(bytes, MemoryKind::device);
  for (const MemoryKind kind : {MemoryKind::staging, MemoryKind::shared}) {
    const Allocation from = device().allocate(bytes, kind);
    const Allocation to = device().allocate(bytes, kind);
    std::memset(from.data(), 17, bytes);
    std::memset(to.data(), 0, bytes);
    queue.copy(memory.data(), from.data(), bytes);
    queue.copy(to.data(), memory.data(), bytes);
    queue.synchronize();
    EXPECT_EQ(std::memcmp(from.data(), to.data(), bytes), 0);
  }
  const Allocation shared = device().allocate(4 * bytes, MemoryKind::shared);
  auto* numbers = static_cast<std::uint32_t*>(shared.data());
  queue.launch(fill_, cover({bytes}, {256}), numbers, 3, bytes);
  queue.synchronize();
  EXPECT_EQ(numbers[bytes - 1], 3 + bytes - 1) << "kernels write shared memory";
}

TEST_P(CudaDevice, OutOfMemoryIsAnErrorThatPasses) {
  const auto error = error_of<RuntimeError>([&] { device().allocate(std::size_t{1} << 45, MemoryKind::device); });
  EXPECT_EQ(error.code(), ErrorCode::out_of_memory);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("35184372088832 bytes of device memory"), HasSubstr(device().where()),
                                  HasSubstr("smaller batches")));
  EXPECT_FALSE(runtime().is_poisoned());
  EXPECT_EQ(device().allocate(1000, MemoryKind::device).bytes(), 1000u);
}

TEST_P(CudaDevice, PoolsKeepItsMemory) {
  BufferPool pool(device(), MemoryKind::device);
  const void* data = pool.acquire<int>(5000).data();
  const std::uint64_t allocations = runtime().faults().count(Operation::allocate);
  EXPECT_EQ(pool.acquire<int>(5000).data(), data);
  EXPECT_EQ(runtime().faults().count(Operation::allocate), allocations);
  EXPECT_GE(pool.usage().high_water, 20000u);
}

TEST_P(FakeDevice, PoolsGiveIdleMemoryBackBeforeTheDeviceIsFull) {
  BufferPool pool(device(), MemoryKind::device);
  constexpr std::size_t most = std::size_t{1} << 30;
  pool.acquire<char>(most / 2);
  EXPECT_EQ(pool.usage().held, most / 2);
  EXPECT_EQ(pool.acquire<char>(most / 4 * 3).size(), most / 4 * 3);
  EXPECT_THROW(pool.acquire<char>(2 * most), RuntimeError);
  EXPECT_EQ(pool.usage().in_use, 0u);
}

TEST_P(FakeDevice, UnifiedMemoryIsManaged) {
  EXPECT_FALSE(device().limits().unified_memory);
  fake_->devices[0].unified_memory = true;
  Device unified(runtime(), 0);
  EXPECT_TRUE(unified.limits().unified_memory);
  EXPECT_EQ(unified.allocate(10, MemoryKind::shared).bytes(), 10u);
}

TEST(CudaDevices, SeveralKeepApart) {
  const auto fake = make_fake(2);
  Runtime runtime(*fake);
  {
    Device first(runtime, 0);
    Device second(runtime, 1);
    EXPECT_EQ(second.where(), "Fake GPU (cuda:1)");
    const std::uint64_t free = first.free_memory();
    const Allocation memory = second.allocate(4000, MemoryKind::device);
    EXPECT_EQ(first.free_memory(), free);
    EXPECT_EQ(second.free_memory(), free - 4000);
    Queue queue(second);
    queue.launch(FillKernel{"fill", fake_fill}, {{1}, {32}}, static_cast<std::uint32_t*>(memory.data()), 1, 1000);
    Queue other(first);
    other.wait(queue.record());
    other.synchronize();
    EXPECT_EQ(fake->current_device(), 0);
  }
  EXPECT_EQ(fake->live(), 0u);
  EXPECT_THROW(Device(runtime, 2), RuntimeError);
}

TEST_P(RealDevice, RunsTheKernelsOfThisBuild) { EXPECT_NO_THROW(check_device(device())); }

}  // namespace
}  // namespace anneal::device::cuda

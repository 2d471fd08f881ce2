#include "device/metal/memory.h"

#include <gmock/gmock.h>

#include <vector>

#include "device/buffer_pool.h"
#include "device/metal/self_check.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::device::metal {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class MetalMemory : public MetalTest {
 protected:
  static std::uint32_t* numbers(const Allocation& allocation) { return static_cast<std::uint32_t*>(allocation.data()); }
};
INSTANTIATE_TEST_SUITE_P(On, MetalMemory, testing::ValuesIn(test_gpus()), gpu_name);

TEST_P(MetalMemory, PointersAreFoundInTheirBuffers) {
  const Memory& buffers = device().buffers();
  for (const MemoryKind kind : {MemoryKind::device, MemoryKind::shared, MemoryKind::staging}) {
    const Allocation first = device().allocate(1000, kind);
    const Allocation second = device().allocate(1000, kind);
    EXPECT_EQ(first.bytes(), 1000u);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first.data()) % device().limits().alignment, 0u);
    const auto* const begin = static_cast<const char*>(first.data());
    const auto place = buffers.find(begin);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->offset, 0u);
    EXPECT_EQ(place->bytes, 1000u);
    const auto inside = buffers.find(begin + 999);
    ASSERT_TRUE(inside);
    EXPECT_EQ(inside->offset, 999u);
    EXPECT_EQ(inside->bytes, 1u);
    EXPECT_EQ(inside->buffer, place->buffer);
    EXPECT_NE(buffers.find(second.data())->buffer, place->buffer);
    const auto behind = buffers.find(begin + 1000);
    EXPECT_TRUE(!behind || behind->buffer != place->buffer);
  }
}

TEST_P(MetalMemory, OnlyWhatIsAllocatedIsFound) {
  int local = 0;
  EXPECT_FALSE(device().buffers().find(&local));
  EXPECT_FALSE(device().buffers().find(nullptr));
  const void* data = nullptr;
  {
    const Allocation memory = device().allocate(100, MemoryKind::device);
    data = memory.data();
    EXPECT_TRUE(device().buffers().find(data));
  }
  EXPECT_FALSE(device().buffers().find(data));
}

TEST_P(MetalMemory, SizesAreRoundedToWords) {
  for (const std::size_t bytes : {0u, 1u, 2u, 3u, 5u}) {
    const Allocation memory = device().allocate(bytes, MemoryKind::device);
    EXPECT_EQ(memory.bytes(), bytes);
    EXPECT_EQ(device().buffers().find(memory.data())->bytes, bytes == 5 ? 8u : 4u);
  }
}

// Zero copy: host and kernels work on the same bytes at the same place, and Metal is asked for no copy.
TEST_P(MetalMemory, SharedMemoryIsNeverCopiedWhereItIsUnified) {
  if (!is_unified()) GTEST_SKIP() << "this device has memory of its own";
  constexpr unsigned size = 1000;
  const Allocation memory = device().allocate(size * sizeof(std::uint32_t), MemoryKind::shared);
  const auto place = device().buffers().find(memory.data());
  ASSERT_TRUE(place);
  EXPECT_EQ(place->storage, Storage::shared);
  numbers(memory)[size - 1] = 12345;
  Queue queue(device());
  const std::uint64_t commits_before = commits();
  device().host_wrote(memory.data(), memory.bytes());
  queue.copy(memory.data(), memory.data(), memory.bytes());
  queue.fetch(memory.data());
  queue.synchronize();
  EXPECT_EQ(commits(), commits_before) << "there was nothing to do";
  queue.launch(fill_kernel, cover({size - 1}, {64}), FirstGroup{}, numbers(memory), 7, size - 1);
  queue.synchronize();
  EXPECT_EQ(commits(), commits_before + 1);
  for (unsigned i = 0; i < size - 1; ++i) ASSERT_EQ(numbers(memory)[i], 7 + i);
  EXPECT_EQ(numbers(memory)[size - 1], 12345u);
}

TEST_P(MetalMemory, SharedMemoryIsKeptEqualOnBothSides) {
  constexpr unsigned size = 1024;
  const Allocation memory = device().allocate(2 * size * sizeof(std::uint32_t), MemoryKind::shared);
  std::uint32_t* const from = numbers(memory);
  std::uint32_t* const to = from + size;
  Queue queue(device());
  for (unsigned round = 0; round < 2; ++round) {
    for (unsigned i = 0; i < size; ++i) from[i] = 3 * i + round;
    device().host_wrote(from, size * sizeof(std::uint32_t));
    queue.launch(transpose_kernel, cover({32, 32}, {32, 8}, 1024), to, from, 32, 32);
    queue.fetch(to);
    queue.synchronize();
    for (unsigned i = 0; i < size; ++i) ASSERT_EQ(to[i], 3 * (i % 32 * 32 + i / 32) + round) << round;
  }
}

TEST_P(MetalMemory, BeginsAsACopyWhereThatIsAskedFor) {
  const std::vector<std::uint32_t> numbers_before{1, 2, 3, 4, 5, 6};
  const Allocation from = device().allocate_copy(numbers_before.data(), 24);
  const Allocation to = device().allocate(24, MemoryKind::staging);
  Queue queue(device());
  queue.launch(transpose_kernel, cover({3, 2}, {8, 4}, 128), numbers(to), numbers(from), 2, 3);
  queue.synchronize();
  EXPECT_EQ(std::vector(numbers(to), numbers(to) + 6), (std::vector<std::uint32_t>{1, 4, 2, 5, 3, 6}));
  EXPECT_EQ(std::vector(numbers(from), numbers(from) + 6), numbers_before);
  EXPECT_EQ(device().allocate_copy(nullptr, 0).bytes(), 0u);
}

TEST_P(MetalMemory, StagingIsSeenByBothSides) {
  constexpr unsigned size = 100;
  const Allocation memory = device().allocate(size * sizeof(std::uint32_t), MemoryKind::staging);
  Queue queue(device());
  queue.launch(fill_kernel, cover({size}, {32}), FirstGroup{}, numbers(memory), 5, size);
  queue.synchronize();
  for (unsigned i = 0; i < size; ++i) ASSERT_EQ(numbers(memory)[i], 5 + i);
}

TEST_P(MetalMemory, OutOfMemoryIsAnErrorThatPasses) {
  const auto error = error_of<RuntimeError>([&] { device().allocate(std::size_t{1} << 45, MemoryKind::device); });
  EXPECT_EQ(error.code(), ErrorCode::out_of_memory);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("35184372088832 bytes of device memory"), HasSubstr(device().where()),
                                  HasSubstr("the largest buffer has"), HasSubstr("smaller batches")));
  EXPECT_FALSE(device().runtime().is_poisoned());
  EXPECT_EQ(device().allocate(1000, MemoryKind::device).bytes(), 1000u);
}

TEST_P(MetalMemory, PoolsKeepIt) {
  BufferPool pool(device(), MemoryKind::device);
  const void* data = pool.acquire<int>(5000).data();
  const std::uint64_t allocations = runtime().faults().count(Operation::allocate);
  EXPECT_EQ(pool.acquire<int>(5000).data(), data);
  EXPECT_EQ(runtime().faults().count(Operation::allocate), allocations);
  EXPECT_GE(pool.usage().high_water, 20000u);
}

TEST_P(MetalMemory, WorkKeepsWhatItUses) {
  Queue queue(device());
  {
    const Allocation memory = device().allocate(4000, MemoryKind::device);
    queue.launch(fill_kernel, cover({1000}, {128}), FirstGroup{}, numbers(memory), 1, 1000);
  }
  EXPECT_NO_THROW(queue.synchronize());
}

TEST_P(MetalMemory, TheHostTellsOnlyOfItsOwnBytes) {
  if (is_unified()) GTEST_SKIP() << "nothing is told where memory is unified";
  const Allocation memory = device().allocate(100, MemoryKind::shared);
  EXPECT_THROW(device().host_wrote(memory.data(), 101), Error);
  int local = 0;
  EXPECT_THROW(device().host_wrote(&local, 4), Error);
}

}  // namespace
}  // namespace anneal::device::metal

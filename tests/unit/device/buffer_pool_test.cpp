#include "device/buffer_pool.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <latch>
#include <thread>

#include "anneal/error.h"
#include "device/cpu/device.h"

namespace anneal::device {
namespace {

constexpr std::size_t kib = 1024;

class FullDevice final : public Device {
 public:
  const std::string& name() const override { return name_; }
  DeviceKind kind() const override { return DeviceKind::gpu; }
  std::uint64_t memory() const override { return 0; }
  DeviceLimits limits() const override { return {}; }
  std::unique_ptr<Queue> create_queue() override { return nullptr; }
  Allocation allocate(std::size_t, MemoryKind) override { throw Error(ErrorCode::out_of_memory, "full"); }

 private:
  std::string name_ = "full device";
};

class BufferPoolTest : public testing::Test {
 protected:
  cpu::Device device_{1};
};

TEST_F(BufferPoolTest, BuffersAreAlignedAndWritable) {
  BufferPool pool(device_, MemoryKind::shared);
  for (const std::size_t size : {1u, 63u, 4096u, 100000u}) {
    const auto buffer = pool.acquire<std::int32_t>(size);
    ASSERT_EQ(buffer.size(), size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % host_alignment, 0u);
    std::memset(buffer.data(), 1, size * sizeof(std::int32_t));
    EXPECT_EQ(buffer[size - 1], 0x01010101);
    EXPECT_EQ(buffer.span().size(), static_cast<std::size_t>(buffer.end() - buffer.begin()));
  }
}

TEST_F(BufferPoolTest, NothingTakesNothing) {
  BufferPool pool(device_, MemoryKind::shared, 0);
  EXPECT_TRUE(pool.acquire<char>(0).empty());
  EXPECT_TRUE(Buffer<int>().empty());
  EXPECT_EQ(pool.usage().held, 0u);
}

TEST_F(BufferPoolTest, UsesMemoryAgain) {
  BufferPool pool(device_, MemoryKind::shared);
  auto first = pool.acquire<char>(100 * kib);
  const char* data = first.data();
  first.reset();
  first.reset();
  EXPECT_EQ(pool.acquire<char>(99 * kib).data(), data);
  EXPECT_NE(pool.acquire<char>(300 * kib).data(), data);
  EXPECT_NE(pool.acquire<char>(10 * kib).data(), data) << "far too large for so little";
}

TEST_F(BufferPoolTest, GivesAThreadItsOwnMemoryAgain) {
  BufferPool pool(device_, MemoryKind::shared);
  auto own = pool.acquire<char>(kib);
  const char* const place = own.data();
  std::latch taken(1), given_back(1);
  std::thread other([&] {
    const auto buffer = pool.acquire<char>(kib);
    taken.count_down();
    given_back.wait();
  });
  taken.wait();
  own.reset();
  given_back.count_down();
  other.join();  // its buffer is the last that came back
  EXPECT_EQ(pool.acquire<char>(kib).data(), place);
}

TEST_F(BufferPoolTest, BucketsWasteLittle) {
  for (std::size_t size = 1; size < (std::size_t{1} << 40); size += size / 7 + 1) {
    BufferPool pool(device_, MemoryKind::shared, 0);
    EXPECT_THROW(pool.acquire<char>(size), Error);
  }
  for (std::size_t size = 4096; size < 4096 * kib; size += size / 7 + 1) {
    BufferPool pool(device_, MemoryKind::shared);
    const auto buffer = pool.acquire<char>(size);
    EXPECT_GE(pool.usage().in_use, size);
    EXPECT_LE(pool.usage().in_use, size + size / 4) << size;
  }
}

TEST_F(BufferPoolTest, CountsWhatItHolds) {
  BufferPool pool(device_, MemoryKind::shared, 1000 * kib);
  {
    const auto first = pool.acquire<char>(64 * kib);
    const auto second = pool.acquire<char>(32 * kib);
    EXPECT_EQ(pool.usage().in_use, 96 * kib);
    EXPECT_EQ(pool.usage().held, 96 * kib);
  }
  EXPECT_EQ(pool.usage().in_use, 0u);
  EXPECT_EQ(pool.usage().held, 96 * kib);
  pool.trim();
  EXPECT_EQ(pool.usage().held, 0u);
  EXPECT_EQ(pool.usage().high_water, 96 * kib);
  EXPECT_EQ(pool.usage().limit, 1000 * kib);
}

TEST_F(BufferPoolTest, FreesIdleMemoryBeforeItRefuses) {
  BufferPool pool(device_, MemoryKind::shared, 100 * kib);
  pool.acquire<char>(64 * kib);
  const auto other = pool.acquire<char>(80 * kib);
  EXPECT_EQ(pool.usage().held, 80 * kib);
  EXPECT_LE(pool.usage().high_water, 100 * kib);
}

TEST_F(BufferPoolTest, GivesTheExactSizeWhereTheBucketDoesNotFit) {
  BufferPool pool(device_, MemoryKind::shared, 100 * kib);
  EXPECT_EQ(pool.acquire<char>(100 * kib).size(), 100 * kib);
  EXPECT_EQ(pool.usage().held, 100 * kib);
  EXPECT_EQ(pool.acquire<char>(100 * kib - 1).size(), 100 * kib - 1);
  EXPECT_EQ(pool.usage().high_water, 100 * kib);
}

TEST_F(BufferPoolTest, RefusesWhatTheBudgetLacksAndGoesOn) {
  BufferPool pool(device_, MemoryKind::shared, 100 * kib);
  const auto kept = pool.acquire<char>(64 * kib);
  for (const std::size_t size : {37 * kib, std::numeric_limits<std::size_t>::max()}) {
    try {
      pool.acquire<char>(size);
      ADD_FAILURE() << size;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::out_of_memory);
      EXPECT_EQ(error.what(), "a buffer of " + std::to_string(size) +
                                  " bytes does not fit the memory budget of 102400 bytes, of which 65536 are in use: "
                                  "raise the budget");
    }
  }
  EXPECT_THROW(pool.acquire<double>(std::numeric_limits<std::size_t>::max() / 2), Error);
  EXPECT_NO_THROW(pool.acquire<char>(36 * kib));
}

TEST_F(BufferPoolTest, CountsNothingWhereTheDeviceRefuses) {
  FullDevice device;
  BufferPool pool(device, MemoryKind::shared);
  EXPECT_THROW(pool.acquire<char>(64 * kib), Error);
  EXPECT_EQ(pool.usage().in_use, 0u);
  EXPECT_EQ(pool.usage().held, 0u);
  EXPECT_EQ(pool.usage().high_water, 0u);
}

TEST_F(BufferPoolTest, BuffersMove) {
  BufferPool pool(device_, MemoryKind::shared);
  auto first = pool.acquire<int>(10);
  auto second = pool.acquire<int>(5000);
  const int* data = first.data();
  second = std::move(first);
  EXPECT_EQ(second.data(), data);
  EXPECT_EQ(second.size(), 10u);
  EXPECT_EQ(pool.usage().in_use, 4 * kib);
  Buffer<int> third(std::move(second));
  EXPECT_EQ(third.data(), data);
  third = {};
  EXPECT_EQ(pool.usage().in_use, 0u);
}

TEST_F(BufferPoolTest, ThreadsShareIt) {
  constexpr std::size_t limit = 1024 * kib;
  BufferPool pool(device_, MemoryKind::shared, limit);
  std::vector<std::thread> threads;
  for (unsigned char mark = 1; mark <= 4; ++mark) {
    threads.emplace_back([&pool, mark] {
      for (std::size_t i = 0; i < 500; ++i) {
        const auto buffer = pool.acquire<unsigned char>(1 + i * 97 % (limit / 8));
        std::memset(buffer.data(), mark, buffer.size());
        for (const unsigned char value : {buffer[0], buffer[buffer.size() / 2], buffer[buffer.size() - 1]}) {
          EXPECT_EQ(value, mark);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(pool.usage().in_use, 0u);
  EXPECT_LE(pool.usage().high_water, limit);
}

}  // namespace
}  // namespace anneal::device

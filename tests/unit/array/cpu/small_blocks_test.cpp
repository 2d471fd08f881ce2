#include "array/cpu/small_blocks.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <set>
#include <thread>
#include <vector>

namespace anneal::array::cpu {
namespace {

TEST(ArraySmallBlocks, AreThoseThatWereLetGoOf) {
  const void* const first = allocate_small(1000).data();
  EXPECT_EQ(allocate_small(1024).data(), first);
  EXPECT_NE(allocate_small(1025).data(), first);
}

TEST(ArraySmallBlocks, AreAlignedAndLargeEnough) {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{129}, std::size_t{5000}, most_small_bytes}) {
    const device::Allocation block = allocate_small(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block.data()) % device::host_alignment, 0U);
    EXPECT_GE(block.bytes(), bytes);
    std::memset(block.data(), 1, block.bytes());
  }
}

std::vector<device::Allocation> many_blocks() {
  std::vector<device::Allocation> blocks;
  for (int k = 0; k < 100; ++k) blocks.push_back(allocate_small(500));
  return blocks;
}

TEST(ArraySmallBlocks, AreOneOwnersEach) {
  many_blocks().clear();
  std::set<const void*> addresses;
  const std::vector<device::Allocation> blocks = many_blocks();
  for (const device::Allocation& block : blocks) addresses.insert(block.data());
  EXPECT_EQ(addresses.size(), blocks.size());
}

TEST(ArraySmallBlocks, OutliveTheirThread) {
  std::vector<device::Allocation> blocks;
  std::jthread([&] { blocks = many_blocks(); }).join();
  std::memset(blocks.back().data(), 1, blocks.back().bytes());
  std::jthread([&] { blocks.clear(); }).join();
}

// Destroyed after what the thread keeps, which is made later.
TEST(ArraySmallBlocks, AreLetGoOfByTheEndOfAThread) {
  std::jthread([] {
    thread_local std::vector<device::Allocation> blocks;
    blocks = many_blocks();
  }).join();
}

}  // namespace
}  // namespace anneal::array::cpu

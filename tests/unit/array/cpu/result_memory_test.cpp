#include "array/cpu/result_memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace anneal::array::cpu {
namespace {

constexpr std::size_t large = 3 * least_kept_bytes;

TEST(ArrayResultMemory, KeepsLargeBlocksForTheNext) {
  free_idle_results();
  void* first = nullptr;
  {
    const device::Allocation block = allocate_result(large);
    first = block.data();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % device::host_alignment, 0U);
    EXPECT_EQ(idle_result_bytes(), 0U);
  }
  EXPECT_GE(idle_result_bytes(), large);
  EXPECT_EQ(allocate_result(large - 1000).data(), first);
  free_idle_results();
  EXPECT_EQ(idle_result_bytes(), 0U);
}

TEST(ArrayResultMemory, DoesNotKeepSmallBlocks) {
  free_idle_results();
  allocate_result(least_kept_bytes - 1);
  EXPECT_EQ(idle_result_bytes(), 0U);
}

TEST(ArrayResultMemory, KeepsNoMoreThanItMay) {
  free_idle_results();
  {
    std::vector<device::Allocation> blocks;
    for (int k = 0; k < 5; ++k) blocks.push_back(allocate_result(most_kept_bytes / 4));
  }
  EXPECT_EQ(idle_result_bytes(), most_kept_bytes);
  free_idle_results();
}

}  // namespace
}  // namespace anneal::array::cpu

#include "array/gpu/reduction_plan.h"

#include <gtest/gtest.h>

#include <bit>

#include "support/random.h"

namespace anneal::array::gpu {
namespace {

TEST(ArrayGpuReductionPlan, PartsHaveAllChunks) {
  test::Random random(1);
  for (int k = 0; k < 20'000; ++k) {
    const auto results = static_cast<std::int64_t>(random.below(std::uint64_t{1} << random.below(25)) + 1);
    const auto elements = static_cast<std::int64_t>(random.below(std::uint64_t{1} << random.below(34)) + 1);
    const int chunk = 1 << random.below(5);
    const ReductionPlan plan = plan_reduction(results, elements, chunk, random.chance(0.5));
    ASSERT_TRUE(std::has_single_bit(static_cast<unsigned>(plan.lanes)));
    ASSERT_LE(plan.lanes, 256);
    ASSERT_GE(plan.parts, 1);
    ASSERT_GE(plan.parts * plan.part_chunks, plan.chunks());
    ASSERT_TRUE(plan.parts == 1 || (plan.parts - 1) * plan.part_chunks < plan.chunks());
    ASSERT_EQ(plan.part_chunks % plan.lanes, 0);
    // What the second kernel has to combine is little.
    ASSERT_LE(plan.results * plan.parts, std::max(plan.results, plan.results * elements / chunk / 16 + 1));
  }
}

TEST(ArrayGpuReductionPlan, LargeGpusAreKeptBusy) {
  for (const std::int64_t results : {1, 100, 4096, 100'000}) {
    for (const bool ends_reduced : {false, true}) {
      const ReductionPlan plan = plan_reduction(results, (std::int64_t{1} << 30) / results, 4, ends_reduced);
      EXPECT_GE(plan.results * plan.parts * plan.lanes, 100'000) << results;
    }
  }
}

}  // namespace
}  // namespace anneal::array::gpu

#include "array/gpu/reduction_plan.h"

#include <algorithm>
#include <bit>

namespace anneal::array::gpu {
namespace {

// Several times as many threads as the largest GPUs run at once, so that all of them end about together.
constexpr std::int64_t many_threads = std::int64_t{1} << 20;
// A group has several results side by side, which may be neighbours in memory where lanes have not; but of few results,
// large parts leave less to combine.
constexpr std::int64_t few_results = 8;
constexpr std::int64_t lanes_of_many = 32, lanes_of_few = 256;
// Chunks that a lane should have before there are more lanes, and before there are more parts.
constexpr std::int64_t chunks_per_lane = 4, chunks_per_part_lane = 16;

std::int64_t quotient_up(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

int power_of_two(std::int64_t least, std::int64_t most) {
  return static_cast<int>(std::bit_ceil(static_cast<std::uint64_t>(std::clamp<std::int64_t>(least, 1, most))));
}

}  // namespace

ReductionPlan plan_reduction(std::int64_t results, std::int64_t elements, int chunk, bool ends_reduced) {
  ReductionPlan plan{results, elements, chunk, 1, 1, 1};
  const std::int64_t chunks = plan.chunks();
  const std::int64_t most_lanes = results <= few_results ? lanes_of_few : lanes_of_many;
  plan.lanes = power_of_two(quotient_up(chunks, chunks_per_lane), most_lanes);
  // Where neighbouring threads have neighbouring results, lanes only help to have enough threads.
  if (!ends_reduced) plan.lanes = std::min(plan.lanes, power_of_two(quotient_up(many_threads, results), most_lanes));
  const std::int64_t wanted = quotient_up(many_threads, results * plan.lanes);
  plan.parts =
      std::clamp<std::int64_t>(chunks / (plan.lanes * chunks_per_part_lane), 1, std::max<std::int64_t>(wanted, 1));
  plan.part_chunks = quotient_up(quotient_up(std::max<std::int64_t>(chunks, 1), plan.parts), plan.lanes) * plan.lanes;
  plan.parts = quotient_up(std::max<std::int64_t>(chunks, 1), plan.part_chunks);
  return plan;
}

}  // namespace anneal::array::gpu

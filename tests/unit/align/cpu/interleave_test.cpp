// The vector kernel that transposes sequences, against plain loops.
#include <gtest/gtest.h>

#include <vector>

#include "support/random.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

TEST(InterleaveKernel, TransposesEveryNumberOfLanes) {
  constexpr std::uint8_t padding = 31;
  test::Random random(test::seed_of("Interleave"));
  for (const auto& [name, kernels] : test::vector_backends()) {
    for (std::size_t lanes = 1; lanes <= 70; ++lanes) {
      for (const std::size_t positions : {0u, 16u, 32u, 112u}) {
        std::vector<std::vector<std::uint8_t>> rows(lanes);
        std::vector<LaneSource> sources;
        for (auto& row : rows) {
          const std::size_t count = random.below(positions + 20);
          row.assign(count + 2 * interleave_block, padding);
          for (std::size_t k = 0; k < count; ++k) {
            row[interleave_block + k] = static_cast<std::uint8_t>(random.below(31));
          }
          const std::int64_t lead = random.chance(0.5) ? 0 : random.between(0, 40);
          sources.push_back({row.data() + interleave_block, lead, static_cast<std::int64_t>(count)});
        }
        std::vector<std::uint8_t> found(positions * lanes + 1, 0xEE), expected = found;
        for (std::size_t position = 0; position < positions; ++position) {
          for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::int64_t letter = static_cast<std::int64_t>(position) - sources[lane].lead;
            const bool inside = letter >= 0 && letter < sources[lane].count;
            expected[position * lanes + lane] = inside ? sources[lane].letters[letter] : padding;
          }
        }
        kernels->interleave(sources.data(), lanes, positions, padding, found.data());
        ASSERT_EQ(found, expected) << name << ": " << lanes << " lanes of " << positions;
      }
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu

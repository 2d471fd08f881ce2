// The vector kernel that transposes sequences, against plain loops.
#include <gtest/gtest.h>

#include <vector>

#include "support/random.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

TEST(InterleaveKernel, TransposesEveryNumberOfLanes) {
  test::Random random(test::seed_of("Interleave"));
  for (const auto& [name, kernels] : test::vector_backends()) {
    for (std::size_t lanes = 1; lanes <= 70; ++lanes) {
      for (const std::size_t length : {0u, 16u, 32u, 112u}) {
        const std::size_t stride = length + random.below(40);
        std::vector<std::uint8_t> rows(stride * lanes), found(length * lanes + 1, 0xEE), expected = found;
        for (auto& letter : rows) letter = static_cast<std::uint8_t>(random.below(32));
        for (std::size_t position = 0; position < length; ++position) {
          for (std::size_t lane = 0; lane < lanes; ++lane) {
            expected[position * lanes + lane] = rows[lane * stride + position];
          }
        }
        kernels->interleave(rows.data(), stride, lanes, length, found.data());
        ASSERT_EQ(found, expected) << name << ": " << lanes << " lanes of " << length << ", " << stride << " apart";
      }
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu

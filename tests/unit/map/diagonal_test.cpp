// What is claimed of diagonals is what aligners find.
#include "map/diagonal.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/map/preset_test.h"

namespace anneal::map {
namespace {

using Diagonal = PresetTest;

TEST_P(Diagonal, IsTheExtension) {
  int claimed = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string target = draw(random_.between(1, 80));
    const std::string query =
        change(target.substr(0, target.size() - random_.between(0, static_cast<int>(target.size()) / 2)),
               random_.between(0, 3));
    const auto found = diagonal_extension(query, target, GetParam().scoring, GetParam().end_bonus, GetParam().zdrop);
    if (!found) continue;
    ++claimed;
    ASSERT_EQ(solve(aligners_.left, query, target), columns(*found));
    ASSERT_EQ(solve(aligners_.right, query, target), columns(*found));
  }
  EXPECT_GT(claimed, 5000);
}

INSTANTIATE_TEST_SUITE_P(Presets, Diagonal, testing::Values(short_reads, long_reads));

}  // namespace
}  // namespace anneal::map

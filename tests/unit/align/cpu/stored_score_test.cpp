#include "align/cpu/stored_score.h"

#include <gtest/gtest.h>

namespace anneal::align::cpu {
namespace {

TEST(StoredScore, LocalOnesBeginAtTheMinimumOfNarrowTypes) {
  EXPECT_EQ(stored<std::int8_t>(0, true), -128);
  EXPECT_EQ(stored<std::int8_t>(255, true), 127);
  EXPECT_EQ(stored<std::int16_t>(65535, true), 32767);
  EXPECT_EQ(stored<std::int32_t>(70000, true), 70000);
}

TEST(StoredScore, OthersAreStoredAsTheyAre) {
  EXPECT_EQ(stored<std::int8_t>(-127, false), -127);
  EXPECT_EQ(stored<std::int16_t>(0, false), 0);
  EXPECT_EQ(stored<std::int32_t>(-(1 << 30), false), -(1 << 30));
}

TEST(StoredScore, BelowTheRangeIsMinusInfinity) {
  EXPECT_EQ(stored<std::int8_t>(-1000, false), minus_infinity<std::int8_t>);
  EXPECT_EQ(stored<std::int16_t>(-1, true), minus_infinity<std::int16_t>);
  EXPECT_EQ(stored<std::int32_t>(std::int64_t{-1} << 40, false), BestEnd::minus_infinity);
}

}  // namespace
}  // namespace anneal::align::cpu

#include "map/pairing.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace anneal::map {
namespace {

constexpr InsertSizes sizes{.mean = 400, .deviation = 50, .min = 200, .max = 600};
constexpr PairScoring scoring{.match = 2, .mismatch = 8, .unpaired = 33, .near = 14};

using Places = std::vector<MatePlace>;

MatePlace right_from(std::int32_t end, std::int32_t score) {
  return {.faces_right = true, .outer_end = end, .score = score};
}
MatePlace left_from(std::int32_t end, std::int32_t score) {
  return {.faces_right = false, .outer_end = end, .score = score};
}

TEST(ProperSize, IsOfMatesThatFaceEachOtherWithinBounds) {
  const MatePlace from = right_from(1000, 200);
  EXPECT_EQ(proper_size(from, left_from(1200, 200), sizes), 200);
  EXPECT_EQ(proper_size(left_from(1600, 200), from, sizes), 600);
  EXPECT_FALSE(proper_size(from, left_from(1199, 200), sizes));
  EXPECT_FALSE(proper_size(from, left_from(1601, 200), sizes));
  EXPECT_FALSE(proper_size(from, right_from(1400, 200), sizes));
  EXPECT_FALSE(proper_size(left_from(1000, 200), right_from(1400, 200), sizes));
  MatePlace elsewhere = left_from(1400, 200);
  elsewhere.target = 1;
  EXPECT_FALSE(proper_size(from, elsewhere, sizes));
}

TEST(SizePenalty, GrowsFromTheMeanUpToThatOfNoPair) {
  EXPECT_EQ(size_penalty(400, sizes, scoring), 0);
  std::int32_t last = 0;
  for (std::int32_t off = 0; off < 1000; off += 10) {
    const std::int32_t penalty = size_penalty(400 + off, sizes, scoring);
    EXPECT_EQ(penalty, size_penalty(400 - off, sizes, scoring));
    EXPECT_GE(penalty, last);
    last = penalty;
  }
  EXPECT_EQ(last, scoring.unpaired);
  // Beyond two deviations is 0.0455 of a normal distribution.
  EXPECT_EQ(size_penalty(500, sizes, scoring), std::lround(-2 * std::log(0.0455) / std::log(4.0)));
}

TEST(ChoosePair, PrefersMatesThatFitOverBetterOnesThatDoNot) {
  const Places first = {right_from(1000, 200)}, second = {left_from(90'000, 200), left_from(1410, 180)};
  const auto choice = choose_pair(first, second, sizes, scoring);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->places, (std::array<std::size_t, 2>{0, 1}));
  EXPECT_EQ(choice->score, 380 - size_penalty(410, sizes, scoring));
  EXPECT_EQ(choice->second_score, 400 - scoring.unpaired);
}

TEST(ChoosePair, LeavesMatesThatAreMuchBetterApart) {
  EXPECT_FALSE(
      choose_pair(Places{right_from(1000, 200)}, Places{left_from(90'000, 200), left_from(1400, 160)}, sizes, scoring));
  EXPECT_FALSE(choose_pair(Places{right_from(1000, 200)}, Places{left_from(90'000, 200)}, sizes, scoring));
  EXPECT_FALSE(choose_pair(Places{}, Places{left_from(1400, 160)}, sizes, scoring));
}

TEST(ChoosePair, TakesTheLikelierSizeOfEqualScores) {
  const Places first = {right_from(1000, 200)};
  const auto choice = choose_pair(first, Places{left_from(1200, 200), left_from(1390, 200)}, sizes, scoring);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->places[1], 1U);
  EXPECT_EQ(choice->alternatives, size_penalty(200, sizes, scoring) <= scoring.near ? 1 : 0);
}

TEST(ChoosePair, BreaksTiesByNumbersNotByOrder) {
  Places second = {left_from(1400, 200), left_from(1400, 200)};
  second[0].tie = 7;
  second[1].tie = 3;
  const Places first = {right_from(1000, 200)};
  EXPECT_EQ(choose_pair(first, second, sizes, scoring)->places[1], 0U);
  std::swap(second[0], second[1]);
  EXPECT_EQ(choose_pair(first, second, sizes, scoring)->places[1], 1U);
}

TEST(PairQuality, IsLimitedForTheMateThatMayBeElsewhere) {
  const Places first = {right_from(1000, 200)}, second = {left_from(1400, 200), left_from(1410, 190)};
  const auto choice = choose_pair(first, second, sizes, scoring);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->limit(0, scoring), 60);
  EXPECT_EQ(choice->limit(1, scoring), std::lround(quality_of(choice->score - choice->second_score, scoring)));
  EXPECT_LT(choice->limit(1, scoring), 30);
}

TEST(PairQuality, IsOfTheDifferenceToTheNextBest) {
  const PairChoice alone{.score = 400, .second_score = 367}, tied{.score = 400, .second_score = 400, .alternatives = 1},
      near{.score = 400, .second_score = 390, .alternatives = 1};
  EXPECT_EQ(alone.quality(scoring), 60);
  EXPECT_EQ(tied.quality(scoring), 0);
  EXPECT_EQ(near.quality(scoring), 22);  // one column, two candidates
}

}  // namespace
}  // namespace anneal::map

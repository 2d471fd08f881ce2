#include "align/cpu/least_score.h"

#include <gtest/gtest.h>

namespace anneal::align::cpu {
namespace {

constexpr std::int64_t most = 1000;

TEST(LeastScore, GuessesNothingAtFirst) {
  LeastScore least;
  EXPECT_EQ(least.guess(most), 1);
  for (int pair = 0; pair < 7; ++pair) least.note(900, most);
  EXPECT_EQ(least.guess(most), 1);
}

TEST(LeastScore, GuessesJustBelowEqualScores) {
  LeastScore least;
  for (int pair = 0; pair < 100; ++pair) least.note(500, most);
  EXPECT_LE(least.guess(most), 500);
  EXPECT_GT(least.guess(most), 480);
  EXPECT_NEAR(static_cast<double>(least.guess(10 * most)), 10.0 * static_cast<double>(least.guess(most)), 10.0);
}

TEST(LeastScore, GuessesLittleForUnrelatedPairs) {
  LeastScore least;
  for (int pair = 0; pair < 100; ++pair) least.note(15, most);
  EXPECT_LE(least.guess(most), 15);
}

TEST(LeastScore, PassesOverTheFewThatScoreLess) {
  LeastScore least;
  for (int pair = 0; pair < 1000; ++pair) least.note(pair % 50 == 0 ? 20 : 700, most);
  EXPECT_GT(least.guess(most), 300);
  EXPECT_LE(least.guess(most), 700);
}

TEST(LeastScore, TakesPairsWithoutPositiveScores) {
  LeastScore least;
  for (int pair = 0; pair < 20; ++pair) least.note(0, 0);
  EXPECT_EQ(least.guess(0), 1);
}

}  // namespace
}  // namespace anneal::align::cpu

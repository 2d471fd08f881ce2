#include "align/cpu/score_guess.h"

#include <gtest/gtest.h>

namespace anneal::align::cpu {
namespace {

constexpr std::int64_t length = 150;

AlignOptions options() {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(1, 4);
  options.gap_extend = 1;
  return options;
}

DiagonalBound bound() {
  const Boundary local{
      .local = true, .query_begin_free = true, .target_begin_free = true, .gap_open = 6, .gap_extend = 1};
  return {1, local, {.anywhere = true}, length, length};
}

TEST(ScoreGuess, ExpectsTheWorstBeforeItHasSeenAny) {
  ScoreGuess guess(options());
  guess.update(bound(), length, length);
  EXPECT_EQ(guess.loss(length), ScoreGuess::any_loss);
}

TEST(ScoreGuess, ExpectsWhatMostPairsShow) {
  ScoreGuess guess(options());
  for (int pair = 0; pair < 1000; ++pair) guess.note(pair % 100 == 0 ? 140 : 20, length);
  guess.update(bound(), length, length);
  EXPECT_GE(guess.loss(length), 20);
  EXPECT_LE(guess.loss(length), 30);
}

TEST(ScoreGuess, DoesNotGuessWhereEveryPairScoresLittle) {
  ScoreGuess guess(options());
  for (int pair = 0; pair < 1000; ++pair) guess.note(length, length);
  guess.update(bound(), length, length);
  EXPECT_EQ(guess.loss(length), ScoreGuess::any_loss);
}

}  // namespace
}  // namespace anneal::align::cpu

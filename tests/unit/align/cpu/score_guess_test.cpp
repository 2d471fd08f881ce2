#include "align/cpu/score_guess.h"

#include <gtest/gtest.h>

#include <vector>

namespace anneal::align::cpu {
namespace {

constexpr std::int32_t length = 150;
constexpr std::int64_t tile_columns = 4;

AlignOptions options_of(Mode mode) {
  AlignOptions options;
  options.mode = mode;
  options.matrix = SubstitutionMatrix::match_mismatch(1, 4);
  options.gap_open = 6;
  options.gap_extend = 1;
  return options;
}

Item item_of(bool guess = true) {
  return {.rows = length, .columns = length, .diagonals = all_diagonals(length, length), .guess = guess};
}

Found found(std::int32_t score, std::int64_t query_end = length) { return {.end = {score, query_end, length}}; }

void show(ScoreGuess& guess, std::int32_t score, int times) {
  const Part everything{all_diagonals(length, length)};
  for (int k = 0; k < times; ++k) EXPECT_TRUE(guess.confirms(item_of(), everything, found(score)));
}

Part part_after(ScoreGuess& guess) {
  const std::vector<Item> group(3, item_of());
  return guess.part_to_fill(group);
}

TEST(ScoreGuess, FillsAllBeforeItHasSeenAny) {
  for (const Mode mode : {Mode::local, Mode::global}) {
    ScoreGuess guess(options_of(mode), tile_columns);
    const Part part = part_after(guess);
    EXPECT_LE(part.diagonals.lowest, -length);
    EXPECT_GE(part.diagonals.highest, length);
    EXPECT_EQ(part.letters, 1);
  }
}

TEST(ScoreGuess, FillsWhatMostPairsNeed) {
  ScoreGuess guess(options_of(Mode::local), tile_columns);
  show(guess, 130, 1000);
  show(guess, 10, 10);
  const Part part = part_after(guess);
  EXPECT_LE(part.diagonals.lowest, -20);
  EXPECT_GE(part.diagonals.lowest, -30);
  EXPECT_LE(part.letters, 130);
  EXPECT_GE(part.letters, 120);
}

TEST(ScoreGuess, ConfirmsNoScoreThatOthersMayExceed) {
  ScoreGuess guess(options_of(Mode::local), tile_columns);
  const Part part{{-30, 30}, 120};
  EXPECT_TRUE(guess.confirms(item_of(), part, found(120)));
  EXPECT_FALSE(guess.confirms(item_of(), part, found(119))) << "150 - 31 letters are left on diagonal 31";
  EXPECT_FALSE(guess.confirms(item_of(), {all_diagonals(length, length), 120}, found(119)));
  EXPECT_TRUE(guess.confirms(item_of(false), part, found(3))) << "was not guessed";
}

TEST(ScoreGuess, ConfirmsNoScoreThatLosesMoreThanWasFilled) {
  ScoreGuess guess(options_of(Mode::local), tile_columns);
  const Part part{.diagonals = all_diagonals(length, length), .loss = {.match = 1, .in_rows = 30, .in_columns = 40}};
  EXPECT_TRUE(guess.confirms(item_of(), part, found(120)));
  EXPECT_FALSE(guess.confirms(item_of(), part, found(119)));
}

TEST(ScoreGuess, AllowsTheLossOfTheWorstOfAGroup) {
  AlignOptions options = options_of(Mode::local);
  options.min_score = 100;
  ScoreGuess guess(options, tile_columns);
  Item longer = item_of();
  longer.rows = length + 20;
  const std::vector<Item> group{item_of(), longer};
  const Part part = guess.part_to_fill(group);
  EXPECT_EQ(part.loss.in_rows, 70);
  EXPECT_EQ(part.loss.in_columns, 50);
  EXPECT_EQ(part.zone().last_begin_row, 71);
  EXPECT_EQ(part.zone().last_begin_column, 51);
}

TEST(ScoreGuess, FillsAllWhereEveryPairScoresLittle) {
  ScoreGuess guess(options_of(Mode::local), tile_columns);
  show(guess, 1, 1000);
  EXPECT_LE(part_after(guess).diagonals.lowest, -length + 1);
}

TEST(ScoreGuess, FillsAllForAPairThatWasWrongBefore) {
  ScoreGuess guess(options_of(Mode::global), tile_columns);
  show(guess, 130, 1000);
  EXPECT_GT(part_after(guess).diagonals.lowest, -20);
  const std::vector<Item> group{item_of(), item_of(false)};
  EXPECT_EQ(guess.part_to_fill(group).diagonals.lowest, -length);
}

TEST(ScoreGuess, FillsWhatAKnownScoreNeeds) {
  ScoreGuess guess(options_of(Mode::local), tile_columns);
  Item item = item_of(false);
  item.reached = 140;
  const Part part = guess.part_to_fill({&item, 1});
  EXPECT_EQ(part.diagonals.lowest, -10);
  EXPECT_EQ(part.diagonals.highest, 10);
  EXPECT_EQ(part.letters, 140);
  EXPECT_EQ(part.first_exact_row, 1);
}

TEST(ScoreGuess, FillsNoMoreThanTheLeastScoreNeeds) {
  AlignOptions options = options_of(Mode::local);
  options.min_score = 130;
  ScoreGuess guess(options, tile_columns);
  const Part part = part_after(guess);
  EXPECT_EQ(part.diagonals.lowest, -20);
  EXPECT_EQ(part.letters, 130);
  EXPECT_TRUE(guess.confirms(item_of(), part, found(3))) << "no better one reaches 130";
  EXPECT_TRUE(guess.confirms(item_of(), part, found(131)));
}

TEST(ScoreGuess, LooksForEndsWhereTheyWereSeen) {
  ScoreGuess guess(options_of(Mode::local), tile_columns);
  show(guess, 130, 1000);
  EXPECT_GT(part_after(guess).first_exact_row, length - 20);
  for (int k = 0; k < 1000; ++k) guess.confirms(item_of(), {all_diagonals(length, length)}, found(130, 30 + k % 100));
  EXPECT_EQ(part_after(guess).first_exact_row, 1) << "they are anywhere";
}

TEST(ScoreGuess, ConfirmsNoEndThatAnEarlierOneMayEqual) {
  ScoreGuess guess(options_of(Mode::local), tile_columns);
  const Part part{.diagonals = all_diagonals(length, length), .first_exact_row = 140};
  Found candidate = found(100);
  candidate.score_before = 99;
  EXPECT_TRUE(guess.confirms(item_of(), part, candidate));
  candidate.score_before = 100;
  EXPECT_FALSE(guess.confirms(item_of(), part, candidate));
  EXPECT_TRUE(guess.confirms(item_of(), part, found(0))) << "nothing scores more than 0 before";
}

}  // namespace
}  // namespace anneal::align::cpu

#include "align/cpu/score_table.h"

#include <gtest/gtest.h>

#include "support/matrices.h"
#include "support/test_settings.h"

namespace anneal::align::cpu {
namespace {

void expect_agreement(const SubstitutionMatrix& matrix) {
  const ScoreTable table(matrix);
  EXPECT_EQ(table.letters(), matrix.size());
  for (int q = 0; q < SubstitutionMatrix::max_letters; ++q) {
    for (int t = 0; t < matrix.size(); ++t) {
      const int expected = q < matrix.size() ? matrix.score(q, t) : table.padding_score();
      ASSERT_EQ(table.by_target()[t * SubstitutionMatrix::max_letters + q], expected) << q << ' ' << t;
    }
  }
  if (!table.is_match_form()) return;
  for (int q = 0; q < matrix.size(); ++q) {
    for (int t = 0; t < matrix.size(); ++t) {
      const int prepared = t + (t & ScoreTable::unknown_bit);
      ASSERT_EQ(table.by_xor()[q ^ prepared], matrix.score(q, t)) << q << ' ' << t;
    }
  }
}

TEST(ScoreTable, AgreesWithTheMatrix) {
  test::Random random(test::seed_of("ScoreTable"));
  for (int round = 0; round < 200; ++round) {
    expect_agreement(test::any_matrix(random, random.chance(0.5) ? Alphabet::dna : Alphabet::protein));
  }
  for (const std::string_view name : SubstitutionMatrix::builtin_names()) {
    expect_agreement(SubstitutionMatrix::builtin(name));
  }
  expect_agreement(SubstitutionMatrix::match_mismatch(127, 128));
  expect_agreement(SubstitutionMatrix::match_mismatch(0, 0));
}

TEST(ScoreTable, RecognisesMatchAndMismatch) {
  const auto is_match_form = [](int (*score)(int, int)) {
    return ScoreTable(test::make_matrix(Alphabet::dna, score)).is_match_form();
  };
  EXPECT_TRUE(ScoreTable(SubstitutionMatrix::match_mismatch(1, 4)).is_match_form());
  EXPECT_TRUE(is_match_form([](int q, int t) { return q == 4 || t == 4 ? 0 : q == t ? 5 : -3; }));
  EXPECT_TRUE(is_match_form([](int, int) { return -1; }));
  EXPECT_FALSE(is_match_form([](int q, int t) { return q == t ? 1 : -1; })) << "N over N scores above 0";
  EXPECT_FALSE(is_match_form([](int q, int t) { return q == t && q < 3 ? 1 : -1; })) << "T over T differs";
  EXPECT_FALSE(is_match_form([](int q, int t) { return q == 4 || t == 4 ? -1 : q == t ? 1 : q < t ? -2 : -3; }));
  EXPECT_FALSE(is_match_form([](int q, int t) { return q == 4 ? -2 : t == 4 ? -1 : q == t ? 1 : -4; }));
  EXPECT_FALSE(ScoreTable(SubstitutionMatrix::builtin("BLOSUM62")).is_match_form());
  EXPECT_FALSE(ScoreTable(SubstitutionMatrix::parse("A\nA 1", "m", Alphabet::dna)).is_match_form());
}

TEST(ScoreTable, AddsToEveryScore) {
  const auto matrix = SubstitutionMatrix::builtin("BLOSUM62");
  const ScoreTable table(matrix, 5), plain(matrix);
  EXPECT_EQ(table.by_target()[0], plain.by_target()[0] + 5);
  EXPECT_EQ(table.padding_score(), plain.padding_score() + 5);
  const auto dna = SubstitutionMatrix::match_mismatch(1, 4);
  EXPECT_EQ(ScoreTable(dna, 2).by_xor()[0], 3);
  EXPECT_EQ(ScoreTable(dna, 2).by_xor()[1], -2);
  EXPECT_EQ(ScoreTable(dna, 2, 3).by_xor()[1], -10);
  EXPECT_EQ(ScoreTable(matrix, 5, 2).by_target()[0], 2 * plain.by_target()[0] + 5);
  EXPECT_EQ(ScoreTable(matrix, 5, 2).padding_score(), 2 * plain.padding_score() + 5);
}

// Padding never raises a score, on either side.
TEST(ScoreTable, PaddingScoresAtMostZero) {
  test::Random random(test::seed_of("Padding"));
  for (int round = 0; round < 200; ++round) {
    const auto matrix = test::any_matrix(random, random.chance(0.5) ? Alphabet::dna : Alphabet::protein);
    const ScoreTable table(matrix);
    ASSERT_TRUE(table.has_padding());
    const int padding = table.padding();
    if (table.is_match_form()) {
      for (int code = 0; code < matrix.size(); ++code) {
        EXPECT_LE(matrix.score(code, padding), 0);
        EXPECT_LE(matrix.score(padding, code), 0);
      }
    } else {
      EXPECT_GE(padding, matrix.size());
      for (int code = 0; code < SubstitutionMatrix::max_letters; ++code) {
        EXPECT_LE(table.by_target()[code * SubstitutionMatrix::max_letters + padding], 0);
        EXPECT_LE(table.by_target()[padding * SubstitutionMatrix::max_letters + code], 0);
      }
    }
  }
}

TEST(ScoreTable, TheLargestAlphabetStillLeavesPadding) {
  const std::string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
  std::string text, row;
  for (const char letter : letters) {
    text += {' ', letter};
    row += " 3";
  }
  for (const char letter : letters) text.append("\n").append(1, letter).append(row);
  const ScoreTable table(SubstitutionMatrix::parse(text, "m", Alphabet::protein));
  EXPECT_TRUE(table.has_padding());
  EXPECT_GE(table.padding(), letters.size());
}

}  // namespace
}  // namespace anneal::align::cpu

#include "search/statistics/random_sequences.h"

#include <gtest/gtest.h>

#include <array>

#include "search/statistics/score_distribution.h"

namespace anneal::search {
namespace {

TEST(Background, HasTheLettersThatTheMatrixHas) {
  const auto proteins = background(SubstitutionMatrix::builtin("BLOSUM62"));
  EXPECT_EQ(proteins.size(), 20);
  EXPECT_EQ(total_weight(proteins), 100'000);
  EXPECT_EQ(background(SubstitutionMatrix::match_mismatch(1, 1)).size(), 4);
  const auto few =
      background(SubstitutionMatrix::parse("  X W A\nX 0 0 0\nW 0 9 0\nA 0 0 4\n", "x", Alphabet::protein));
  ASSERT_EQ(few.size(), 2);  // in the order of all: A, then W
  EXPECT_EQ(few[0].code, 2);
  EXPECT_EQ(few[0].weight, 7805);
  EXPECT_EQ(few[1].code, 1);
}

TEST(ScoreDistribution, IsOfPairsOfLetters) {
  const ScoreDistribution scores = score_distribution(SubstitutionMatrix::match_mismatch(4, 6));
  EXPECT_EQ(scores.lowest, -6);
  EXPECT_EQ(scores.highest(), 4);
  EXPECT_EQ(scores.divisor(), 2);
  EXPECT_DOUBLE_EQ(scores.probabilities.front(), 0.75);
  EXPECT_DOUBLE_EQ(scores.probabilities.back(), 0.25);
  EXPECT_DOUBLE_EQ(scores.mean(), -3.5);
}

TEST(RandomSequences, HaveLettersAsOftenAsTheyWeigh) {
  const auto letters = background(SubstitutionMatrix::builtin("PAM30"));
  constexpr std::size_t length = 1'000'000;
  std::array<double, SubstitutionMatrix::max_letters> counts{};
  for (const char letter : RandomSequences(letters, 1).next(length)) ++counts[static_cast<unsigned char>(letter)];
  double all = 0;
  for (const BackgroundLetter& letter : letters) {
    const double expected = letter.weight * (length / 100'000.0);
    EXPECT_NEAR(counts[letter.code], expected, 0.03 * expected) << int{letter.code};
    all += counts[letter.code];
  }
  EXPECT_EQ(all, length);
}

TEST(RandomSequences, AreTheSameForASeed) {
  const auto letters = background(SubstitutionMatrix::match_mismatch(1, 1));
  EXPECT_EQ(RandomSequences(letters, 1).next(99), RandomSequences(letters, 1).next(99));
  EXPECT_NE(RandomSequences(letters, 1).next(99), RandomSequences(letters, 2).next(99));
}

}  // namespace
}  // namespace anneal::search

#include "align/cpu/pair_scores.h"

#include <gtest/gtest.h>

#include "support/matrices.h"
#include "support/test_settings.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

int score_of(const PairScores& scores, int a, int b) {
  const std::uint8_t na = scores.numbers()[a], nb = scores.numbers()[b];
  return scores.scores()[scores.first_pairs()[std::max(na, nb)] + std::min(na, nb)];
}

void expect_agreement(const SubstitutionMatrix& matrix) {
  const PairScores scores(matrix, 3, 2);
  for (int a = 0; a < matrix.size(); ++a) {
    for (int b = 0; b < matrix.size(); ++b) {
      if (scores.numbers()[a] == PairScores::no_number || scores.numbers()[b] == PairScores::no_number) continue;
      EXPECT_EQ(score_of(scores, a, b), 2 * matrix.score(a, b) + 3) << matrix.name() << ' ' << a << ' ' << b;
    }
    if (scores.numbers()[a] == PairScores::no_number || matrix.size() == SubstitutionMatrix::max_letters) continue;
    EXPECT_LE(score_of(scores, a, SubstitutionMatrix::max_letters - 1), 3) << "padding";
  }
}

TEST(PairScores, AreThoseOfTheMatrix) {
  for (const std::string_view name : SubstitutionMatrix::builtin_names()) {
    const auto matrix = SubstitutionMatrix::builtin(name);
    EXPECT_TRUE(PairScores(matrix).possible()) << name;
    expect_agreement(matrix);
    for (const char letter : std::string("ARNDCQEGHILKMFPSTWYVX")) {
      EXPECT_NE(PairScores(matrix).numbers()[matrix.code(static_cast<unsigned char>(letter))], PairScores::no_number);
    }
  }
  expect_agreement(SubstitutionMatrix::match_mismatch(2, 3));
}

TEST(PairScores, NeedASymmetricMatrix) {
  EXPECT_FALSE(PairScores(test::make_matrix(Alphabet::dna, [](int q, int t) { return q < t ? 1 : -1; })).possible());
}

TEST(NumberLetters, LooksEveryCodeUp) {
  test::Random random(test::seed_of("NumberLetters"));
  for (const auto& [name, kernels] : test::vector_backends()) {
    std::vector<std::uint8_t> numbers(32), codes(2 * kernels->vector_bytes), found(codes.size());
    for (auto& number : numbers) number = static_cast<std::uint8_t>(random.below(0x80));
    for (auto& code : codes) code = static_cast<std::uint8_t>(random.below(32));
    EXPECT_TRUE(kernels->number_letters(numbers.data(), codes.data(), codes.size(), found.data())) << name;
    for (std::size_t k = 0; k < codes.size(); ++k) ASSERT_EQ(found[k], numbers[codes[k]]) << name;
    numbers[codes.back()] = PairScores::no_number;
    EXPECT_FALSE(kernels->number_letters(numbers.data(), codes.data(), codes.size(), found.data())) << name;
  }
}

}  // namespace
}  // namespace anneal::align::cpu

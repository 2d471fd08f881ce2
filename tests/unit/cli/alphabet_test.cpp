#include "cli/alphabet.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace anneal::cli {
namespace {

AlphabetSample sample(std::initializer_list<std::string_view> sequences) {
  AlphabetSample result;
  for (const std::string_view sequence : sequences) result.add(sequence);
  return result;
}

TEST(AlphabetSample, NineLettersInTenOfDnaAreDna) {
  EXPECT_TRUE(sample({"ACGTUNacgtun"}).looks_like_dna());
  EXPECT_TRUE(sample({"ACGTACGTA", "E"}).looks_like_dna());
  EXPECT_FALSE(sample({"ACGTACGTE"}).looks_like_dna());
  EXPECT_FALSE(sample({"MKWVTF"}).looks_like_dna());
  EXPECT_FALSE(sample({"ACDEFGHIKLMNPQRSTVWY"}).looks_like_dna());
}

TEST(AlphabetSample, IupacCodesAreDnaIfHalfAreNucleotidesAndNothingElseOccurs) {
  EXPECT_TRUE(sample({"ACGTNACGTNRYSWKMBDHV"}).looks_like_dna());
  EXPECT_TRUE(sample({"acgtnacgtn", "ryswkmbdhv"}).looks_like_dna());
  EXPECT_FALSE(sample({"ACGTACGTARYSWKMBDHV"}).looks_like_dna());
  EXPECT_FALSE(sample({"ACGTNACGTNRYSWKMBDHVE"}).looks_like_dna());
  EXPECT_FALSE(sample({"ACGTNACGTNRYSWKMBDHV*"}).looks_like_dna());
}

TEST(AlphabetSample, KnowsWhetherThereAreLetters) {
  EXPECT_TRUE(sample({}).empty());
  EXPECT_TRUE(sample({"", ""}).empty());
  EXPECT_FALSE(sample({"", "A"}).empty());
}

}  // namespace
}  // namespace anneal::cli

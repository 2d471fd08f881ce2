#include "anneal/scoring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tuple>

#include "anneal/error.h"
#include "base/text.h"
#if ANNEAL_HAVE_PARASAIL
#include <parasail.h>
#include <parasail/matrix_lookup.h>
#endif

namespace anneal {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view protein_letters = "ARNDCQEGHILKMFPSTWYVBZX*";

TEST(MatchMismatch, ScoresEveryPairOfLetters) {
  const auto matrix = SubstitutionMatrix::match_mismatch(2, 5);
  EXPECT_EQ(matrix.alphabet(), Alphabet::dna);
  EXPECT_EQ(matrix.letters(), "ACGTN");
  for (int query = 0; query < 5; ++query) {
    for (int target = 0; target < 5; ++target) {
      const int expected = query == 4 || target == 4 ? -1 : query == target ? 2 : -5;
      EXPECT_EQ(matrix.score(query, target), expected) << query << ' ' << target;
    }
  }
  EXPECT_EQ(matrix.highest(), 2);
  EXPECT_EQ(matrix.lowest(), -5);
}

TEST(MatchMismatch, ExtremesFollowTheScores) {
  EXPECT_EQ(SubstitutionMatrix::match_mismatch(127, 128).highest(), 127);
  EXPECT_EQ(SubstitutionMatrix::match_mismatch(127, 128).lowest(), -128);
  EXPECT_EQ(SubstitutionMatrix::match_mismatch(0, 0).highest(), 0);
  EXPECT_EQ(SubstitutionMatrix::match_mismatch(0, 0).lowest(), -1);
}

TEST(MatchMismatch, RefusesOtherScores) {
  for (const auto& [match, mismatch, what] : {std::tuple{-1, 0, "match score is -1: give a number from 0 to 127"},
                                              {128, 0, "match score is 128: give a number from 0 to 127"},
                                              {0, -1, "mismatch penalty is -1: give a number from 0 to 128"},
                                              {0, 129, "mismatch penalty is 129: give a number from 0 to 128"}}) {
    try {
      SubstitutionMatrix::match_mismatch(match, mismatch);
      ADD_FAILURE() << what;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
      EXPECT_STREQ(error.what(), what);
    }
  }
}

TEST(DnaCodes, ReadUAsTAndTheRestOfIupacAsN) {
  const auto matrix = SubstitutionMatrix::match_mismatch(1, 4);
  const std::string_view letters = "ACGTURYSWKMBDHVNacgturyswkmbdhvn";
  const std::string_view read_as = "ACGTTNNNNNNNNNNN";
  for (int byte = 0; byte < 256; ++byte) {
    const std::size_t at = byte == 0 ? letters.npos : letters.find(static_cast<char>(byte));
    const int expected = at == letters.npos ? SubstitutionMatrix::invalid_code
                                            : static_cast<int>(matrix.letters().find(read_as[at % read_as.size()]));
    EXPECT_EQ(matrix.code(static_cast<unsigned char>(byte)), expected) << byte;
    EXPECT_EQ(matrix.codes()[static_cast<std::size_t>(byte)], expected) << byte;
  }
}

TEST(DnaCodes, LettersThatAMatrixHasKeepTheirRows) {
  const auto matrix =
      SubstitutionMatrix::parse("A R U N\nA 1 2 3 4\nR 5 6 7 8\nU 9 10 11 12\nN 13 14 15 16", "m", Alphabet::dna);
  EXPECT_EQ(matrix.code('R'), 1);
  EXPECT_EQ(matrix.code('r'), 1);
  EXPECT_EQ(matrix.code('Y'), 3);
  EXPECT_EQ(matrix.code('T'), 2);
  EXPECT_EQ(matrix.code('*'), SubstitutionMatrix::invalid_code);
  EXPECT_TRUE(matrix.is_match(2, 2));
  EXPECT_FALSE(matrix.is_match(1, 1));
}

TEST(DnaCodes, WithoutNTheRestIsInvalid) {
  const auto matrix = SubstitutionMatrix::parse("A T\nA 1 2\nT 3 4", "m", Alphabet::dna);
  EXPECT_EQ(matrix.code('u'), 1);
  EXPECT_EQ(matrix.code('N'), SubstitutionMatrix::invalid_code);
  EXPECT_EQ(matrix.code('R'), SubstitutionMatrix::invalid_code);
}

TEST(ProteinCodes, ReadUOJAsX) {
  const auto matrix = SubstitutionMatrix::builtin("BLOSUM62");
  const auto x = matrix.code('X');
  for (int byte = 0; byte < 256; ++byte) {
    const char upper = byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 32) : static_cast<char>(byte);
    const std::size_t at = protein_letters.find(upper);
    const int expected = upper == 'U' || upper == 'O' || upper == 'J' ? x
                         : at == protein_letters.npos                 ? SubstitutionMatrix::invalid_code
                                                                      : static_cast<int>(at);
    EXPECT_EQ(matrix.code(static_cast<unsigned char>(byte)), expected) << byte;
  }
}

TEST(ProteinCodes, LettersThatAMatrixHasKeepTheirRows) {
  const auto matrix = SubstitutionMatrix::parse("U X\nU 1 2\nX 3 4", "m", Alphabet::protein);
  EXPECT_EQ(matrix.code('u'), 0);
  EXPECT_EQ(matrix.code('O'), 1);
  EXPECT_EQ(matrix.code('A'), SubstitutionMatrix::invalid_code);
  EXPECT_EQ(SubstitutionMatrix::parse("A\nA 1", "m", Alphabet::protein).code('J'), SubstitutionMatrix::invalid_code);
}

TEST(IsMatch, InDnaOnlyBasesInProteinEveryLetter) {
  const auto dna = SubstitutionMatrix::match_mismatch(1, 4);
  for (int code = 0; code < dna.size(); ++code) EXPECT_EQ(dna.is_match(code, code), code < 4);
  EXPECT_FALSE(dna.is_match(0, 1));
  const auto protein = SubstitutionMatrix::builtin("PAM30");
  for (int code = 0; code < protein.size(); ++code) EXPECT_TRUE(protein.is_match(code, code));
  EXPECT_FALSE(protein.is_match(22, 23));
}

TEST(Transposed, ExchangesQueryAndTarget) {
  const auto matrix = SubstitutionMatrix::parse("A C\nA 1 -128\nC 127 4", "m", Alphabet::dna);
  const auto transposed = matrix.transposed();
  EXPECT_EQ(matrix.score(0, 1), -128);
  EXPECT_EQ(transposed.score(0, 1), 127);
  EXPECT_EQ(transposed.score(1, 0), -128);
  EXPECT_EQ(transposed.letters(), "AC");
  EXPECT_EQ(transposed.highest(), 127);
  EXPECT_EQ(transposed.lowest(), -128);
}

TEST(Builtin, KnowsItsNamesInAnyCase) {
  EXPECT_THAT(SubstitutionMatrix::builtin_names(),
              testing::ElementsAre("BLOSUM45", "BLOSUM50", "BLOSUM62", "BLOSUM80", "BLOSUM90", "PAM30", "PAM70",
                                   "PAM120", "PAM250"));
  EXPECT_EQ(SubstitutionMatrix::builtin("bLosum62").name(), "BLOSUM62");
  try {
    SubstitutionMatrix::builtin("BLOSUM61\n");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("'BLOSUM61\\x0a'"), HasSubstr("BLOSUM62, "), HasSubstr("PAM250")));
  }
}

TEST(Builtin, EqualsParasail) {
#if ANNEAL_HAVE_PARASAIL
  for (const std::string_view name : SubstitutionMatrix::builtin_names()) {
    const auto matrix = SubstitutionMatrix::builtin(name);
    const parasail_matrix_t* peer = parasail_matrix_lookup(base::to_lower(name).c_str());
    ASSERT_NE(peer, nullptr) << name;
    ASSERT_EQ(matrix.letters(), protein_letters);
    for (const char query : protein_letters) {
      for (const char target : protein_letters) {
        const int expected = peer->matrix[peer->mapper[static_cast<unsigned char>(query)] * peer->size +
                                          peer->mapper[static_cast<unsigned char>(target)]];
        EXPECT_EQ(matrix.score(matrix.code(query), matrix.code(target)), expected) << name << query << target;
      }
    }
    EXPECT_EQ(matrix.highest(), peer->max);
    EXPECT_EQ(matrix.lowest(), peer->min);
  }
#else
  GTEST_SKIP() << "parasail is not installed";
#endif
}

}  // namespace
}  // namespace anneal

#include "align/letter_table.h"

#include <gtest/gtest.h>

namespace anneal::align {
namespace {

TEST(LetterTable, HoldsWhatTheMatrixSays) {
  for (const auto& matrix : {SubstitutionMatrix::match_mismatch(1, 4), SubstitutionMatrix::builtin("PAM250"),
                             SubstitutionMatrix::parse("T A *\nT 1 2 3\nA 4 5 6\n* 7 8 9", "m", Alphabet::dna)}) {
    const LetterTable table(matrix, Letters::ascii);
    EXPECT_FALSE(table.encoded);
    for (unsigned byte = 0x40; byte < 0x80; ++byte) {
      EXPECT_EQ(table.by_low_bits[byte & 31u], matrix.code(static_cast<unsigned char>(byte))) << byte;
    }
    EXPECT_EQ(table.asterisk, matrix.code('*'));
    for (unsigned byte = 0; byte < 256; ++byte) {
      EXPECT_EQ(table.code(static_cast<std::uint8_t>(byte)), matrix.code(static_cast<unsigned char>(byte))) << byte;
    }
  }
}

// The kernels rely on it: no other byte of any matrix is valid.
TEST(LetterTable, LeavesNoLetterOut) {
  const auto matrix = SubstitutionMatrix::builtin("BLOSUM45");
  for (unsigned byte = 0; byte < 256; ++byte) {
    if ((byte & 0xC0u) == 0x40u || byte == '*') continue;
    EXPECT_EQ(matrix.code(static_cast<unsigned char>(byte)), SubstitutionMatrix::invalid_code) << byte;
  }
}

TEST(LetterTable, KnowsTheSizeForEncodedLetters) {
  const LetterTable table(SubstitutionMatrix::builtin("BLOSUM62"), Letters::encoded);
  EXPECT_TRUE(table.encoded);
  EXPECT_EQ(table.size, 24);
  EXPECT_EQ(table.code(23), 23);
  EXPECT_EQ(table.code(24), SubstitutionMatrix::invalid_code);
}

}  // namespace
}  // namespace anneal::align

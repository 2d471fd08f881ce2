#include "align/encoder.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "align/batch.h"

namespace anneal::align {
namespace {

const SubstitutionMatrix& dna() {
  static const auto matrix = SubstitutionMatrix::match_mismatch(1, 4);
  return matrix;
}

TEST(Encoder, GivesEveryByteItsCode) {
  for (const auto& matrix : {dna(), SubstitutionMatrix::builtin("BLOSUM62")}) {
    const Encoder ascii(matrix, Letters::ascii), encoded(matrix, Letters::encoded);
    for (int byte = 0; byte < 256; ++byte) {
      const char letter = static_cast<char>(byte);
      const std::uint8_t expected = matrix.code(static_cast<unsigned char>(byte));
      std::uint8_t code = 100;
      EXPECT_EQ(ascii.encode({&letter, 1}, &code),
                expected == SubstitutionMatrix::invalid_code ? 0 : Encoder::all_valid);
      EXPECT_EQ(code, expected) << byte;
      EXPECT_EQ(encoded.encode({&letter, 1}, &code), byte < matrix.size() ? Encoder::all_valid : 0) << byte;
      EXPECT_EQ(code, byte < matrix.size() ? byte : SubstitutionMatrix::invalid_code);
    }
  }
}

TEST(Encoder, FindsTheFirstInvalidByte) {
  const Encoder encoder(dna(), Letters::ascii);
  std::vector<std::uint8_t> codes(8);
  EXPECT_EQ(encoder.encode("ACGTacgt", codes.data()), Encoder::all_valid);
  EXPECT_EQ(codes, (std::vector<std::uint8_t>{0, 1, 2, 3, 0, 1, 2, 3}));
  EXPECT_EQ(encoder.encode("ACG!T?", codes.data()), 3u);
  EXPECT_EQ(encoder.encode("", codes.data()), Encoder::all_valid);
}

TEST(LetterError, NamesRecordPositionAndByte) {
  const std::vector<std::string_view> queries{"A", std::string_view("A\0", 2)}, targets{"CC!"};
  const Batch batch({.queries = queries, .targets = targets}, AlignOptions());
  const LetterError in_target = letter_error(batch, dna(), Side::target, 0, 2);
  EXPECT_EQ(in_target.code(), ErrorCode::invalid_input);
  EXPECT_EQ(in_target.side(), Side::target);
  EXPECT_EQ(in_target.record(), 0u);
  EXPECT_EQ(in_target.position(), 2u);
  EXPECT_EQ(in_target.byte(), '!');
  EXPECT_EQ(in_target.what(),
            "target 1 has '!' at position 3, which is no letter of matrix " + dna().name() + " (ACGTN)");
  const LetterError in_query = letter_error(batch, dna(), Side::query, 1, 1);
  EXPECT_EQ(in_query.record(), 1u);
  EXPECT_EQ(in_query.what(),
            "query 2 has 0x00 at position 2, which is no letter of matrix " + dna().name() + " (ACGTN)");
  EXPECT_EQ(in_query.reason(), "which is no letter of matrix " + dna().name() + " (ACGTN)");
  EXPECT_FALSE(in_query.in_alphabet());
}

TEST(LetterError, SaysWhatTheMatrixLacks) {
  const auto dna_matrix = SubstitutionMatrix::parse("  A C\nA 1 0\nC 0 1\n", "m.txt", Alphabet::dna);
  const auto protein_matrix = SubstitutionMatrix::parse("  A C\nA 1 0\nC 0 1\n", "m.txt", Alphabet::protein);
  const auto error = [](const SubstitutionMatrix& matrix, std::string_view letter) {
    return letter_error(Batch({.queries = {&letter, 1}, .targets = {&letter, 1}}, AlignOptions()), matrix, Side::query,
                        0, 0);
  };
  const std::tuple<const SubstitutionMatrix&, const char*, const char*> cases[] = {
      {dna_matrix, "N", "N"},          {dna_matrix, "g", "G"},     {dna_matrix, "U", "T"},
      {dna_matrix, "r", "R or N"},     {protein_matrix, "x", "X"}, {protein_matrix, "*", "*"},
      {protein_matrix, "U", "U or X"},
  };
  for (const auto& [matrix, letter, needed] : cases) {
    const LetterError lacking = error(matrix, letter);
    EXPECT_TRUE(lacking.in_alphabet());
    EXPECT_EQ(std::string(lacking.what()),
              std::string("query 1 has '") + letter +
                  "' at position 1, which is no letter of matrix m.txt (AC); give the matrix a row and a column for " +
                  needed + ", or remove the letter");
  }
  EXPECT_FALSE(error(dna_matrix, "E").in_alphabet());
  EXPECT_FALSE(error(protein_matrix, "-").in_alphabet());
}

TEST(LetterError, NamesCodesOfEncodedLetters) {
  const std::vector<std::string_view> queries{"\x01\x05"};
  const Batch batch({.queries = queries, .targets = queries, .letters = Letters::encoded}, AlignOptions());
  EXPECT_EQ(letter_error(batch, dna(), Side::query, 0, 1).what(),
            "query 1 has code 5 at position 2, but matrix " + dna().name() + " has codes 0 to 4");
}

}  // namespace
}  // namespace anneal::align

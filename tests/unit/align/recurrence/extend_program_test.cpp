#include "align/recurrence/extend_program.h"

#include <gtest/gtest.h>

#include "unit/align/recurrence/expect_extensions.h"

namespace anneal::align::recurrence {
namespace {

template <int lanes, int cells>
using FewProgram = ExtendProgram<FewLetterScores<cells>, lanes, cells>;
template <int lanes, int cells>
using AnyProgram = ExtendProgram<AnyLetterScores<cells>, lanes, cells>;

TEST(ExtendProgram, ExtendsByFewLetters) {
  test::expect_any_extensions<FewProgram<32, 4>>(Alphabet::dna, 500, 32 * 4);
  test::expect_any_extensions<FewProgram<32, 7>>(Alphabet::dna, 500, 32 * 7);
  test::expect_any_extensions<FewProgram<16, 9>>(Alphabet::dna, 500, 16 * 9);
  test::expect_any_extensions<FewProgram<8, 1>>(Alphabet::dna, 500, 8 * 1);
}

TEST(ExtendProgram, ExtendsByAnyLetters) {
  test::expect_any_extensions<AnyProgram<32, 4>>(Alphabet::protein, 500, 32 * 4);
  test::expect_any_extensions<AnyProgram<8, 8>>(Alphabet::protein, 500, 8 * 8);
  test::expect_any_extensions<AnyProgram<16, 7>>(Alphabet::dna, 500, 16 * 7);
}

TEST(ExtendRowsProgram, ExtendsInBandsOfAnyWidth) {
  test::expect_any_extensions<ExtendRowsProgram<32>>(Alphabet::dna, 500, 300);
  test::expect_any_extensions<ExtendRowsProgram<4>>(Alphabet::dna, 500, 100);
  test::expect_any_extensions<ExtendRowsProgram<8>>(Alphabet::protein, 500, 100);
}

}  // namespace
}  // namespace anneal::align::recurrence

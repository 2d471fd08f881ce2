#include "align/recurrence/end_program.h"

#include <gtest/gtest.h>

#include "align/cuda/end_programs.h"
#include "align/recurrence/equal_letter_scores.h"
#include "unit/align/recurrence/expect_ends.h"

namespace anneal::align::recurrence {
namespace {

template <class F, int rows, int lanes, bool one_strip>
using LetterProgram = EndProgram<Strip<F, LetterScores<F, rows>>, lanes, one_strip>;
template <class F, int rows, int lanes, bool one_strip>
using MatrixProgram = EndProgram<Strip<F, MatrixScores<F, rows, gpu::matrix_letters>>, lanes, one_strip>;

template <class F, int rows, int lanes, bool one_strip, int columns>
using PairedProgram = EndProgram<Strip<F, PairedLetterScores<F, rows, columns>, columns>, lanes, one_strip>;
template <class F, int rows, int lanes, bool one_strip, int columns>
using AbreastProgram = EndProgram<Strip<F, LetterScores<F, rows, columns>, columns>, lanes, one_strip>;

using Dusty = Form<2, true, 256, 16, false>;
using Narrow = Form<2, true, 256, 16>;  // holds least, so that much overflows
using Medium = Form<2, true, 64, 32>;
using Wide = Form<1, true, 64, 1u << 17>;
using Long = Form<2, true, 1, 64>;
using GlobalPair = Form<2, false, 1, 0x9000>;
using GlobalOne = Form<1, false, 1, 0x80000000u>;

TEST(EndProgram, FindsLocalEndsByLetters) {
  test::expect_letter_ends<LetterProgram<Narrow, 38, 4, true>>(Mode::local, 20, 152, 200);
  test::expect_letter_ends<LetterProgram<Narrow, 19, 8, true>>(Mode::local, 20, 152, 200);
  test::expect_letter_ends<LetterProgram<Medium, 32, 4, true>>(Mode::local, 20, 128, 400);
  test::expect_letter_ends<LetterProgram<Wide, 32, 4, true>>(Mode::local, 20, 128, 400);
}

template <class F, int rows, int lanes, bool one_strip>
using EqualProgram = EndProgram<Strip<F, EqualLetterScores<F, rows>>, lanes, one_strip>;

TEST(EndProgram, FindsEndsByEqualLetters) {
  test::expect_letter_ends<EqualProgram<Medium, 16, 8, true>>(Mode::local, 20, 128, 200);
  test::expect_letter_ends<EqualProgram<Long, 16, 4, false>>(Mode::local, 20, 450, 450);
  test::expect_letter_ends<EqualProgram<Wide, 16, 8, true>>(Mode::local, 20, 128, 200);
  test::expect_letter_ends<EqualProgram<GlobalPair, 16, 8, true>>(Mode::global, 20, 128, 200);
  test::expect_letter_ends<EqualProgram<GlobalPair, 16, 4, false>>(Mode::ends_free, 20, 300, 300);
  test::expect_letter_ends<EqualProgram<GlobalOne, 16, 4, false>>(Mode::global, 20, 300, 300);
}

TEST(EndProgram, FindsLocalEndsWithDust) {
  test::expect_letter_ends<PairedProgram<Dusty, 38, 4, true, 1>>(Mode::local, 30, 152, 200);
  test::expect_letter_ends<PairedProgram<Dusty, 38, 4, true, 2>>(Mode::local, 30, 152, 200);
  test::expect_letter_ends<PairedProgram<Dusty, 19, 8, true, 2>>(Mode::local, 30, 152, 200);
  test::expect_letter_ends<PairedProgram<Dusty, 21, 4, false, 2>>(Mode::local, 30, 300, 200);
}

TEST(EndProgram, FindsLocalEndsInColumnsAbreast) {
  test::expect_letter_ends<AbreastProgram<Narrow, 38, 4, true, 2>>(Mode::local, 20, 152, 200);
  test::expect_letter_ends<AbreastProgram<Narrow, 38, 4, true, 4>>(Mode::local, 20, 152, 200);
  test::expect_letter_ends<AbreastProgram<Medium, 16, 4, false, 2>>(Mode::local, 20, 450, 450);
  test::expect_letter_ends<AbreastProgram<Long, 16, 4, false, 2>>(Mode::local, 20, 450, 450);
}

// A part that overflows changes the one above it in their Word.
TEST(EndProgram, DoesNotTrustThePartnerOfAnOverflow) {
  AlignOptions options;
  options.matrix = SubstitutionMatrix::match_mismatch(5, 4);
  options.gap_open = 6;
  options.gap_extend = 1;
  test::Random random(9);
  const auto letters = [&](int length) { return test::random_sequence(random, Alphabet::dna, length); };
  std::vector<test::SequencePair> pairs;
  for (int k = 0; k < 10; ++k) {
    const std::string same = letters(150);
    pairs.push_back({same, same});
    pairs.push_back({letters(150), letters(200)});
    pairs.push_back({letters(150), letters(200)});
    pairs.push_back({same, same});
  }
  const gpu::EndScoring scoring = gpu::letter_scoring(options);
  const int compared = test::expect_as_specified<LetterProgram<Narrow, 38, 4, true>>(options, pairs, scoring);
  EXPECT_EQ(compared, 10);
}

TEST(EndProgram, FindsLocalEndsInStrips) {
  test::expect_letter_ends<LetterProgram<Medium, 16, 4, false>>(Mode::local, 20, 450, 450);
  test::expect_letter_ends<LetterProgram<Narrow, 5, 1, false>>(Mode::local, 20, 100, 450);
  test::expect_letter_ends<LetterProgram<Wide, 7, 32, false>>(Mode::local, 20, 450, 450);
}

TEST(EndProgram, FindsLocalEndsOfScoresWithoutRows) {
  test::expect_letter_ends<LetterProgram<Long, 16, 4, false>>(Mode::local, 20, 450, 450);
  test::expect_letter_ends<LetterProgram<Long, 7, 32, false>>(Mode::local, 20, 450, 450);
  test::expect_letter_ends<LetterProgram<Long, 38, 4, true>>(Mode::local, 20, 152, 200);
  test::expect_matrix_ends<MatrixProgram<Long, 16, 8, false>>(Mode::local, Alphabet::protein, 10, 400, 400);
}

TEST(EndProgram, FindsLocalEndsByMatrices) {
  test::expect_matrix_ends<MatrixProgram<Medium, 16, 8, false>>(Mode::local, Alphabet::dna, 10, 400, 400);
  test::expect_matrix_ends<MatrixProgram<Medium, 16, 8, false>>(Mode::local, Alphabet::protein, 10, 400, 400);
  test::expect_matrix_ends<MatrixProgram<Wide, 16, 4, false>>(Mode::local, Alphabet::protein, 10, 400, 400);
}

TEST(EndProgram, FindsGlobalEnds) {
  test::expect_letter_ends<LetterProgram<GlobalPair, 38, 4, true>>(Mode::global, 20, 152, 200);
  test::expect_letter_ends<LetterProgram<GlobalPair, 16, 8, false>>(Mode::global, 20, 400, 400);
  test::expect_matrix_ends<MatrixProgram<GlobalPair, 16, 8, false>>(Mode::global, Alphabet::protein, 10, 400, 400);
  test::expect_matrix_ends<MatrixProgram<GlobalOne, 16, 8, false>>(Mode::global, Alphabet::protein, 10, 400, 400);
}

TEST(EndProgram, FindsEndsThatAreFree) {
  test::expect_letter_ends<LetterProgram<GlobalPair, 38, 4, true>>(Mode::ends_free, 20, 152, 200);
  test::expect_letter_ends<LetterProgram<GlobalOne, 16, 4, false>>(Mode::ends_free, 20, 400, 400);
  test::expect_matrix_ends<MatrixProgram<GlobalPair, 16, 8, false>>(Mode::ends_free, Alphabet::protein, 10, 400, 400);
  test::expect_matrix_ends<MatrixProgram<GlobalPair, 16, 8, true>>(Mode::ends_free, Alphabet::dna, 10, 128, 200);
}

}  // namespace
}  // namespace anneal::align::recurrence

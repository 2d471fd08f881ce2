// Small extensions, worked out by hand. Rows are target letters i, columns query letters j, both from 0; s(i) is what
// is left of h0 after a gap of i letters next to the seed.
#include "align/scalar/extend.h"

#include <gtest/gtest.h>

#include "unit/align/sample_problem.h"

namespace anneal::align::scalar {
namespace {

AlignOptions options_of(SubstitutionMatrix matrix, int gap_open, int gap_extend, int zdrop = 0) {
  AlignOptions options;
  options.mode = Mode::extend;
  options.matrix = std::move(matrix);
  options.gap_open = gap_open;
  options.gap_extend = gap_extend;
  options.zdrop = zdrop;
  return options;
}

AlignOptions usual_options(int zdrop = 0) { return options_of(SubstitutionMatrix::match_mismatch(1, 4), 6, 1, zdrop); }

void expect_extension(const AlignOptions& options, std::string_view query, std::string_view target, std::int32_t h0,
                      const ExtensionResult& expected) {
  const test::SampleProblem sample(options, query, target);
  const ExtensionResult found = extend(sample->query, sample->target, h0, options);
  EXPECT_EQ(found.score, expected.score);
  EXPECT_EQ(found.query_end, expected.query_end);
  EXPECT_EQ(found.target_end, expected.target_end);
  EXPECT_EQ(found.extension.global_score, expected.extension.global_score);
  EXPECT_EQ(found.extension.global_target_end, expected.extension.global_target_end);
  EXPECT_EQ(found.extension.max_off, expected.extension.max_off);
}

// 10 + 4 matches along the diagonal.
TEST(Extend, AddsMatchesToTheSeed) { expect_extension(usual_options(), "ACGT", "ACGT", 10, {14, 4, 4, {14, 4, 0}}); }

// Row 0: 3 - 4 < 0, so H = 0, the query's end is reached with 0, and a row of zeros ends the extension.
TEST(Extend, StopsAtARowOfZeros) {
  expect_extension(usual_options(), "A", "C", 3, {3, 0, 0, {0, 1, 0}});
  // The same with matches to come. The band is max(1, 3 * 1 - 6 + 1) = 1, so row 0 ends at column 2 of 3: no global.
  expect_extension(usual_options(), "AAA", "CAAA", 3, {3, 0, 0, {-1, 0, 0}});
}

// Gaps cost 1 per letter; A over A scores 1 and C over A scores 2.
// Row 0: H(0,0) = 5 + 1 = 6; H(0,1) = s(1) + 2 = 4 + 2 = 6: a tie, the larger column wins, one off the diagonal.
TEST(Extend, PrefersTheLargestQueryEndOfARow) {
  const auto matrix = SubstitutionMatrix::parse("A C\nA 1 -4\nC 2 -4", "m", Alphabet::dna);
  expect_extension(options_of(matrix, 0, 1), "AC", "A", 5, {6, 2, 1, {6, 1, 1}});
}

// Gaps cost 1 per letter; A over A scores 1, A over C scores 2.
// Row 0 (A): H = 5 + 1 = 6, the best score. Row 1 (C): H = max(s(1) + 2, 6 - 1) = 6: no better, so the score keeps the
// smallest target_end; but the query's end takes the last row of its best score.
TEST(Extend, TiesBetweenRows) {
  const auto matrix = SubstitutionMatrix::parse("A C\nA 1 2\nC -4 -4", "m", Alphabet::dna);
  expect_extension(options_of(matrix, 0, 1), "A", "AC", 5, {6, 1, 1, {6, 2, 0}});
}

// Gaps cost 1 per letter, mismatches 10, h0 = 20.
// Row 0 (A): M = 21, 9, 19; F from the 21: 20, 19; so H = 21, 20, 19, which reaches the query's end with 19.
// Row 1 (G): H(1,1) = max(21 - 10, E = 9 - 1, F = 9 - 1) = 11, as E and F open from M(0,1) = 9 and M(1,0) = 9.
//   Opening them from H(0,1) = 20 would give 19.
// Row 2 (A): H(2,2) = max(11 + 1, E = 17, F = 17) = 17. With a gap next to a gap it would be 19 + 1 = 20 > 19.
TEST(Extend, NoGapFollowsAGap) {
  expect_extension(options_of(SubstitutionMatrix::match_mismatch(1, 10), 0, 1), "ACA", "AGA", 20,
                   {21, 1, 1, {19, 1, 0}});
}

// A gap of 2 costs 3: 30 + 3 - 3 + 4 = 34 at (i, j) = (8, 6), two off the diagonal.
TEST(Extend, MaxOffIsTheDistanceFromTheDiagonal) {
  expect_extension(options_of(SubstitutionMatrix::match_mismatch(1, 4), 1, 1), "ACGTTTT", "ACGCCTTTT", 30,
                   {34, 7, 9, {34, 9, 2}});
}

// h0 = 5 leaves nothing for gaps next to the seed. Rows 0 to 3: 6, 7, 8, 9. Row 4 (G over C): 9 - 4 = 5, which is 4
// below the best, at the same distance from the diagonal. Rows 5 to 10, if there are any: 6, 7, 8, 9, 10, 11.
TEST(Extend, ZdropStopsBelowTheBest) {
  const ExtensionResult whole{11, 11, 11, {11, 11, 0}}, dropped{9, 4, 4, {-1, 0, 0}};
  expect_extension(usual_options(0), "AAAACAAAAAA", "AAAAGAAAAAA", 5, whole);
  expect_extension(usual_options(4), "AAAACAAAAAA", "AAAAGAAAAAA", 5, whole);
  expect_extension(usual_options(3), "AAAACAAAAAA", "AAAAGAAAAAA", 5, dropped);
}

// A band of 0 leaves the diagonal only.
TEST(Extend, KeepsToTheBand) {
  AlignOptions options = options_of(SubstitutionMatrix::match_mismatch(1, 4), 0, 1);
  options.band = 0;
  // 20 + 1, then 21 - 4 = 17, then 17 + 1 = 18 at the query's end.
  expect_extension(options, "ACA", "AGA", 20, {21, 1, 1, {18, 3, 0}});
}

}  // namespace
}  // namespace anneal::align::scalar

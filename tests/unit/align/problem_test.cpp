#include "align/problem.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace anneal::align {
namespace {

constexpr std::array<std::uint8_t, 3> letters{0, 1, 2};

// Where an alignment of 2 x 3 letters may end: one character per cell, row by row from 0.
std::string ends(const AlignOptions& options, std::size_t rows = 2, std::size_t columns = 3) {
  const Problem problem{.query = Codes(letters).first(rows), .target = Codes(letters).first(columns)};
  const EndCells cells = end_cells_of(options);
  std::string text;
  for (std::int64_t i = 0; i <= problem.rows(); ++i) {
    for (std::int64_t j = 0; j <= problem.columns(); ++j) text += cells.contains(problem, i, j) ? 'x' : '.';
    text += i < problem.rows() ? "/" : "";
  }
  return text;
}

AlignOptions ends_free(bool query_end, bool target_end) {
  AlignOptions options;
  options.mode = Mode::ends_free;
  options.free_ends = {.query_end = query_end, .target_end = target_end};
  return options;
}

TEST(Problem, ScoresLettersFromOne) {
  const auto matrix = SubstitutionMatrix::parse("A C G\nA 1 2 3\nC 4 5 6\nG 7 8 9", "m", Alphabet::dna);
  const Problem problem{.query = Codes(letters), .target = Codes(letters), .matrix = &matrix};
  EXPECT_EQ(problem.score(1, 3), 3);
  EXPECT_EQ(problem.score(3, 1), 7);
}

TEST(EndCells, FollowTheMode) {
  AlignOptions options;
  EXPECT_EQ(ends(options), "xxxx/xxxx/xxxx");
  options.mode = Mode::global;
  EXPECT_EQ(ends(options), "..../..../...x");
  options.mode = Mode::extend;
  EXPECT_EQ(ends(options), "..../..../...x");
  EXPECT_EQ(ends(ends_free(false, false)), "..../..../...x");
  EXPECT_EQ(ends(ends_free(true, false)), "..../...x/...x");
  EXPECT_EQ(ends(ends_free(false, true)), "..../..../.xxx");
  EXPECT_EQ(ends(ends_free(true, true)), "..../...x/.xxx");
}

TEST(EndCells, OfAnEmptySideMayBeEmpty) {
  EXPECT_EQ(ends(ends_free(true, true), 0, 2), "xxx");
  EXPECT_EQ(ends(ends_free(true, false), 0, 2), "..x");
  EXPECT_EQ(ends(ends_free(true, true), 2, 0), "x/x/x");
  EXPECT_EQ(ends(ends_free(false, true), 2, 0), "././x");
  EXPECT_EQ(ends(ends_free(false, false), 0, 0), "x");
}

}  // namespace
}  // namespace anneal::align

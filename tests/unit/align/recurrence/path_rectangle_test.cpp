#include "align/recurrence/path_rectangle.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/diagonal_bound.h"
#include "align/gpu/path_scoring.h"
#include "support/random_options.h"

namespace anneal::align::recurrence {
namespace {

PathParameters parameters_of(const AlignOptions& options) {
  return gpu::path_parameters(options, gpu::matrix_path_scoring(options));
}

TEST(PathRectangle, HasTheDiagonalsThatAScoreAllows) {
  test::Random random(4);
  for (int round = 0; round < 3000; ++round) {
    AlignOptions options = test::random_options(random, random.pick(test::all_modes), Alphabet::protein);
    options.band = -1;
    const int rows = random.between(1, 300), columns = random.between(1, 300);
    const int best = std::max(options.matrix.highest(), 0) * std::min(rows, columns);
    const int score = options.mode == Mode::local ? random.between(1, best + 1) : random.between(-300, best);
    const Diagonals expected =
        diagonals_to_last_cell(options.matrix.highest(), boundary_of(options), rows, columns, score);
    const PathRectangle found = path_rectangle(parameters_of(options), rows, columns, score, 0);
    EXPECT_EQ(found.lowest + found.first_column - found.first_row, std::max<std::int64_t>(expected.lowest, -rows));
    EXPECT_EQ(found.highest + found.first_column - found.first_row, std::min<std::int64_t>(expected.highest, columns));
    EXPECT_EQ(found.first_row + found.rows, rows);
    EXPECT_EQ(found.first_column + found.columns, columns);
    EXPECT_TRUE(options.mode == Mode::local || found.first_row + found.first_column == 0);
  }
}

TEST(PathRectangle, StaysInTheBand) {
  AlignOptions options;
  options.mode = Mode::global;
  options.band = 5;
  const PathRectangle found = path_rectangle(parameters_of(options), 100, 110, -10000, 7);
  EXPECT_EQ(found.lowest, 2);
  EXPECT_EQ(found.highest, 12);
  EXPECT_TRUE(found.in_band(10, 12));
  EXPECT_FALSE(found.in_band(10, 11));
  EXPECT_FALSE(found.in_band(10, 23));
  options.band = 0x7fffffff;
  const PathRectangle all = path_rectangle(parameters_of(options), 100, 110, -10000, -0x7fffffff - 1);
  EXPECT_TRUE(all.in_band(100, 0));
  EXPECT_FALSE(all.in_band(0, 0));
}

TEST(PathStrips, KeepTheTraceOfTheLast) {
  const PathRectangle rectangle{.rows = 75, .columns = 90, .lowest = -75, .highest = 90};
  using Strips = PathStrips<16, 4, 2, true>;
  for (int most_kept = 1; most_kept <= 7; ++most_kept) {
    const Strips strips(rectangle, most_kept);
    EXPECT_EQ(strips.count() - strips.first_kept(), std::min(most_kept, 5));
    EXPECT_EQ(strips.trace_words(), std::min(most_kept, 5) * strips.strip_words());
    for (int strip = 0; strip < strips.count(); ++strip) {
      EXPECT_EQ(strips.place(strip), std::max(strip - strips.first_kept(), 0));
      EXPECT_LE(strips.at(strip, strips.most_steps() - 1, 3) + 2, strips.trace_words());
    }
  }
}

TEST(PathStrips, HoldEveryCellThatMatters) {
  test::Random random(5);
  for (int round = 0; round < 500; ++round) {
    PathRectangle rectangle;
    rectangle.rows = random.between(1, 90);
    rectangle.columns = random.between(1, 90);
    rectangle.lowest = random.between(-90, 10);
    rectangle.highest = random.between(rectangle.lowest, 90);
    const PathStrips<16, 4, 2> strips(rectangle, 1);
    for (int i = 1; i <= rectangle.rows; ++i) {
      const int strip = (i - 1) / 16;
      EXPECT_LE(strips.steps(strip), strips.most_steps());
      for (int j = 1; j <= rectangle.columns; ++j) {
        if (j - i < rectangle.lowest || j - i > rectangle.highest) continue;
        EXPECT_GE(j - 1, strips.begin(strip));
        EXPECT_LT(j - 1, strips.end(strip));
      }
    }
    for (int strip = -1; strip + 1 < strips.count(); ++strip) {
      EXPECT_LE(strips.border_end(strip) - strips.border_begin(strip), strips.most_steps());
      EXPECT_LT(strips.border_row(strip), strips.border_rows());
    }
    EXPECT_LE(strips.at(strips.count() - 1, strips.most_steps() - 1, 3) + 2, strips.trace_words());
  }
}

}  // namespace
}  // namespace anneal::align::recurrence

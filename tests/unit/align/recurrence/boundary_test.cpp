#include "align/recurrence/boundary.h"

#include <gtest/gtest.h>

#include <limits>

namespace anneal::align {
namespace {

AlignOptions options_of(Mode mode) {
  AlignOptions options;
  options.mode = mode;
  options.gap_open = 5;
  options.gap_extend = 2;
  return options;
}

TEST(Boundary, CostsGapsWhereEndsAreNotFree) {
  for (const Mode mode : {Mode::global, Mode::extend}) {
    const Boundary boundary = boundary_of(options_of(mode));
    EXPECT_FALSE(boundary.local);
    EXPECT_EQ(boundary.first_row(0), 0);
    EXPECT_EQ(boundary.first_row(3), -11);
    EXPECT_EQ(boundary.first_column(1), -7);
  }
}

TEST(Boundary, IsZeroInLocal) {
  const Boundary boundary = boundary_of(options_of(Mode::local));
  EXPECT_TRUE(boundary.local);
  EXPECT_EQ(boundary.first_row(3), 0);
  EXPECT_EQ(boundary.first_column(3), 0);
}

TEST(Boundary, FollowsTheFreeEnds) {
  AlignOptions options = options_of(Mode::ends_free);
  options.free_ends = {.query_begin = true, .target_begin = false};
  EXPECT_EQ(boundary_of(options).first_column(3), 0);
  EXPECT_EQ(boundary_of(options).first_row(3), -11);
  options.free_ends = {.query_begin = false, .target_begin = true};
  EXPECT_EQ(boundary_of(options).first_column(3), -11);
  EXPECT_EQ(boundary_of(options).first_row(3), 0);
  options.mode = Mode::global;
  EXPECT_EQ(boundary_of(options).first_row(3), -11) << "free ends are of mode ends-free only";
}

TEST(Boundary, LongGapsDoNotOverflow) {
  const Boundary boundary{.gap_open = 32767, .gap_extend = 32767};
  EXPECT_EQ(boundary.gap(std::int64_t{1} << 31), -(32767 + (std::int64_t{1} << 31) * 32767));
}

TEST(Band, HoldsTheDiagonalsAroundItsCentre) {
  const Band band{.width = 2, .centre = -3};
  for (int i = 0; i < 10; ++i) {
    for (int j = 0; j < 10; ++j) {
      const int diagonal = j - i;
      EXPECT_EQ(band.contains(i, j), diagonal >= -5 && diagonal <= -1);
      EXPECT_TRUE(Band().contains(i, j));
    }
  }
}

TEST(Band, TakesExtremeValues) {
  using Limits = std::numeric_limits<std::int32_t>;
  EXPECT_TRUE((Band{.width = Limits::max(), .centre = Limits::max()}.contains(0, 0)));
  EXPECT_FALSE((Band{.width = Limits::max(), .centre = Limits::min()}.contains(0, 0)));
  EXPECT_TRUE((Band{.width = Limits::max(), .centre = Limits::min()}.contains(1, 0)));
}

}  // namespace
}  // namespace anneal::align

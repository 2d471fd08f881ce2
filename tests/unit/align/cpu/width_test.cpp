#include "align/cpu/width.h"

#include <gtest/gtest.h>

namespace anneal::align::cpu {
namespace {

AlignOptions options_of(int gap_open, int gap_extend) {
  AlignOptions options;
  options.gap_open = gap_open;
  options.gap_extend = gap_extend;
  return options;
}

TEST(NarrowestWidth, HoldsScoresOfEitherSign) {
  const AlignOptions options;
  EXPECT_EQ(narrowest_width(options, 126), width8);
  EXPECT_EQ(narrowest_width(options, 127), width16);
  EXPECT_EQ(narrowest_width(options, 32766), width16);
  EXPECT_EQ(narrowest_width(options, 32767), width32);
}

TEST(NarrowestWidth, HoldsTheGapPenalties) {
  EXPECT_EQ(narrowest_width(options_of(120, 7), 0), width8);
  EXPECT_EQ(narrowest_width(options_of(120, 8), 0), width16);
  EXPECT_EQ(narrowest_width(options_of(32766, 1), 0), width16);
  EXPECT_EQ(narrowest_width(options_of(32767, 1), 0), width32);
  EXPECT_EQ(narrowest_width(options_of(32767, 32767), 0), width32);
}

TEST(NarrowestWidth, IsNeverBelowTheGivenOne) {
  EXPECT_EQ(narrowest_width(AlignOptions(), 0, width16), width16);
  EXPECT_EQ(narrowest_width(AlignOptions(), 0, width32), width32);
  EXPECT_EQ(narrowest_width(AlignOptions(), 65535, width16), width32);
}

TEST(NarrowestWidth, OfLocalScoresIsThatOfTheirFrame) {
  const LocalFrames frames = local_frames(options_of(6, 1), {4, 6, 8});
  EXPECT_EQ(narrowest_width(frames, frames[width8].highest), width8);
  EXPECT_EQ(narrowest_width(frames, frames[width8].highest + 1), width16);
  EXPECT_EQ(narrowest_width(frames, frames[width16].highest), width16);
  EXPECT_EQ(narrowest_width(frames, frames[width16].highest + 1), width32);
  EXPECT_EQ(narrowest_width(frames, 1 << 30), width32);
  EXPECT_EQ(narrowest_width(frames, 0, width16), width16);
}

}  // namespace
}  // namespace anneal::align::cpu

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

// 255 and 65,535 mean overflow.
TEST(NarrowestWidth, LocalScoresUseTheUnsignedRange) {
  const AlignOptions options;
  EXPECT_EQ(narrowest_width(options, true, 254), width8);
  EXPECT_EQ(narrowest_width(options, true, 255), width16);
  EXPECT_EQ(narrowest_width(options, true, 65534), width16);
  EXPECT_EQ(narrowest_width(options, true, 65535), width32);
  EXPECT_EQ(narrowest_width(options, true, 1 << 30), width32);
}

TEST(NarrowestWidth, OtherScoresUseTheSignedRange) {
  const AlignOptions options;
  EXPECT_EQ(narrowest_width(options, false, 126), width8);
  EXPECT_EQ(narrowest_width(options, false, 127), width16);
  EXPECT_EQ(narrowest_width(options, false, 32766), width16);
  EXPECT_EQ(narrowest_width(options, false, 32767), width32);
}

TEST(NarrowestWidth, HoldsTheGapPenalties) {
  for (const bool local : {true, false}) {
    EXPECT_EQ(narrowest_width(options_of(120, 7), local, 0), width8);
    EXPECT_EQ(narrowest_width(options_of(120, 8), local, 0), width16);
    EXPECT_EQ(narrowest_width(options_of(32766, 1), local, 0), width16);
    EXPECT_EQ(narrowest_width(options_of(32767, 1), local, 0), width32);
    EXPECT_EQ(narrowest_width(options_of(32767, 32767), local, 0), width32);
  }
}

TEST(NarrowestWidth, IsNeverBelowTheGivenOne) {
  EXPECT_EQ(narrowest_width(AlignOptions(), true, 0, width16), width16);
  EXPECT_EQ(narrowest_width(AlignOptions(), true, 0, width32), width32);
  EXPECT_EQ(narrowest_width(AlignOptions(), true, 65535, width16), width32);
}

}  // namespace
}  // namespace anneal::align::cpu

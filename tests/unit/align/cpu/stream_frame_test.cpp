#include "align/cpu/stream_frame.h"

#include <gtest/gtest.h>

#include "support/matrices.h"

namespace anneal::align::cpu {
namespace {

AlignOptions costs(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) {
  AlignOptions options;
  options.matrix = matrix;
  options.gap_open = gap_open;
  options.gap_extend = gap_extend;
  return options;
}

TEST(StreamFrame, LeavesRoomForATile) {
  for (const int bits : {8, 16}) {
    for (const int extend : {0, 1, 5}) {
      const StreamFrame frame = stream_frame(costs(SubstitutionMatrix::builtin("BLOSUM62"), 11, extend), bits);
      ASSERT_TRUE(frame.possible);
      EXPECT_EQ(frame.times, 2);
      EXPECT_GE(frame.bias, 2 * 4) << "the lowest score leaves nothing below 0";
      EXPECT_GE(frame.bias, frame.gap_extend) << "nor does the drift left of a tile";
      EXPECT_LT(frame.bias + frame.most + 4 * 2 * 11 + 3 * frame.gap_extend, 1 << bits);
    }
  }
}

TEST(StreamFrame, HasOddBasesThatLeaveTheBestNearTheMost) {
  const StreamFrame frame = stream_frame(costs(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1), 8);
  EXPECT_EQ(frame.first_base(0), 0);
  EXPECT_EQ(frame.first_base(frame.most), 0);
  for (std::int64_t best = frame.most + 1; best < frame.most + 9; ++best) {
    EXPECT_EQ(frame.first_base(best) % 2, 1);
    EXPECT_LE(best - frame.first_base(best), frame.most);
    EXPECT_GE(best - frame.first_base(best), frame.most - 1);
  }
}

TEST(StreamFrame, HoldsScoresOnceWhereTheTableCannotHoldThemTwice) {
  const AlignOptions high = costs(test::uniform_matrix(Alphabet::protein, 100, 90), 100, 3);
  EXPECT_EQ(stream_times(high), 1);
  EXPECT_EQ(stream_drift(high), 3);
  EXPECT_FALSE(stream_frame(high, 8).possible);
  EXPECT_TRUE(stream_frame(high, 16).possible);
  EXPECT_EQ(stream_times(costs(test::uniform_matrix(Alphabet::protein, 1, 66), 100, 1)), 1);
}

TEST(StreamFrame, HoldsScoresOnceWhereUnrelatedLettersScoreMuch) {
  EXPECT_EQ(stream_times(costs(SubstitutionMatrix::builtin("BLOSUM90"), 10, 1)), 2);
  EXPECT_EQ(stream_times(costs(SubstitutionMatrix::builtin("BLOSUM62"), 4, 1)), 1) << "gaps are cheap";
  for (const char* name : {"BLOSUM45", "BLOSUM80", "PAM250"}) {
    const AlignOptions options = costs(SubstitutionMatrix::builtin(name), 14, 1);
    EXPECT_EQ(stream_times(options), 1) << name;
    EXPECT_TRUE(stream_frame(options, 8).possible) << name;
  }
}

TEST(StreamFrame, IsNotForScoresThatFitNoTable) {
  const AlignOptions high = costs(test::uniform_matrix(Alphabet::protein, 127, 1), 0, 1);
  EXPECT_EQ(stream_drift(high), 0);
  EXPECT_FALSE(stream_frame(high, 8).possible);
  EXPECT_FALSE(stream_frame(high, 16).possible);
}

TEST(StreamFrame, HoldsGapsOfAnyCost) {
  const StreamFrame frame = stream_frame(costs(SubstitutionMatrix::builtin("BLOSUM62"), 1'000'000, 1), 8);
  EXPECT_TRUE(frame.possible);
  EXPECT_EQ(frame.gap_open, 255);
}

}  // namespace
}  // namespace anneal::align::cpu

#include "anneal/cigar.h"

#include <gtest/gtest.h>

#include <vector>

namespace anneal {
namespace {

TEST(CigarOp, IsPackedAsBamDoes) {
  const CigarOp op(CigarOp::mismatch, CigarOp::max_length);
  EXPECT_EQ(op.packed(), 0xFFFFFFF8u);
  EXPECT_EQ(op.code(), CigarOp::mismatch);
  EXPECT_EQ(op.length(), 268435455u);
  EXPECT_EQ(CigarOp(CigarOp::insertion, 5).packed(), 81u);
}

TEST(CigarOp, HasTheLettersOfSam) {
  EXPECT_EQ(CigarOp(CigarOp::match, 1).letter(), 'M');
  EXPECT_EQ(CigarOp(CigarOp::insertion, 1).letter(), 'I');
  EXPECT_EQ(CigarOp(CigarOp::deletion, 1).letter(), 'D');
  EXPECT_EQ(CigarOp(CigarOp::soft_clip, 1).letter(), 'S');
  EXPECT_EQ(CigarOp(CigarOp::equal, 1).letter(), '=');
  EXPECT_EQ(CigarOp(CigarOp::mismatch, 1).letter(), 'X');
}

TEST(Cigar, IsShownAsText) {
  EXPECT_EQ(to_string({}), "*");
  EXPECT_EQ(to_string(std::vector<CigarOp>{{CigarOp::equal, 10}, {CigarOp::mismatch, 1}, {CigarOp::equal, 5}}),
            "10=1X5=");
}

}  // namespace
}  // namespace anneal

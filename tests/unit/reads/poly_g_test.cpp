#include "reads/poly_g.h"

#include <gtest/gtest.h>

#include <string>

namespace anneal::reads {
namespace {

std::string kept(std::string_view sequence, std::size_t least = 10) {
  return std::string(sequence.substr(0, trim_poly_g(sequence, least)));
}

TEST(TrimPolyG, CutsTails) {
  EXPECT_EQ(kept("ACTACTGGGGGGGGGG"), "ACTACT");
  EXPECT_EQ(kept("ACTACTggggggggggGG"), "ACTACT");
  EXPECT_EQ(kept("GGGGGGGGGGGG"), "");
}

TEST(TrimPolyG, LeavesShortTails) {
  EXPECT_EQ(kept("ACTACTCCCGGGGGGGG"), "ACTACTCCCGGGGGGGG");
  EXPECT_EQ(kept("GGGGGGGGG"), "GGGGGGGGG");
  EXPECT_EQ(kept(""), "");
  EXPECT_EQ(kept("ACTACTGGGGGGGGG", 9), "ACTACT");
}

TEST(TrimPolyG, PassesOneOtherInEight) {
  EXPECT_EQ(kept("ACTACTCCGGGGAGGGGGGGGG"), "ACTACTCC");
  // Two of 17; the second one only in the 16th place, so that both pass.
  EXPECT_EQ(kept("TTTGAGGGGGGGGAGGGGGG"), "TTT");
  EXPECT_EQ(kept("TTTGAAGGGGGGGAGGGGGG"), "TTTGAA");
}

TEST(TrimPolyG, EndsBeforeTheLastG) {
  // What is passed to the left of the last G stays.
  EXPECT_EQ(kept("CCCCCCCAGGGGGGGGGGGGGGGG"), "CCCCCCCA");
}

}  // namespace
}  // namespace anneal::reads

#include "map/difference_tags.h"

#include <gtest/gtest.h>

#include <vector>

namespace anneal::map {
namespace {

// GATTACA-CC against GACT--ATTC
const std::vector<CigarOp> cigar = {{CigarOp::equal, 2},     {CigarOp::mismatch, 1}, {CigarOp::equal, 1},
                                    {CigarOp::insertion, 2}, {CigarOp::equal, 1},    {CigarOp::deletion, 1},
                                    {CigarOp::mismatch, 1},  {CigarOp::equal, 1}};
constexpr std::string_view query = "GATTACACC", target = "GACTATTC";

TEST(MdText, NamesWhatTheGenomeHas) { EXPECT_EQ(md_text(cigar, target), "2C2^T0T1"); }

TEST(MdText, HasNumbersAtBothEnds) {
  EXPECT_EQ(md_text(std::vector<CigarOp>{{CigarOp::mismatch, 2}}, "AC"), "0A0C0");
  EXPECT_EQ(md_text(std::vector<CigarOp>{{CigarOp::equal, 7}}, "ACACACA"), "7");
}

TEST(CsText, SpellsDifferences) {
  EXPECT_EQ(cs_text(cigar, query, target, false), ":2*ct:1+ac:1-t*tc:1");
  EXPECT_EQ(cs_text(cigar, query, target, true), "=GA*ct=T+ac=A-t*tc=C");
}

}  // namespace
}  // namespace anneal::map

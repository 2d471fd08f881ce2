#include "align/cigar_text.h"

#include <gtest/gtest.h>

#include <vector>

namespace anneal::align {
namespace {

using Ops = std::vector<CigarOp>;

std::string classic(const Ops& ops) {
  std::string text = ">";
  append_classic_cigar(text, ops);
  return text;
}

TEST(CigarText, AppendsRuns) {
  std::string text = "x";
  append_run(text, 0, 'I');
  append_run(text, 4294967295u, 'D');
  EXPECT_EQ(text, "x0I4294967295D");
}

TEST(CigarText, AppendsEveryOperation) {
  std::string text = "cg:Z:";
  append_cigar(text, Ops{{CigarOp::soft_clip, 3},
                         {CigarOp::equal, 10},
                         {CigarOp::mismatch, 1},
                         {CigarOp::match, 2},
                         {CigarOp::insertion, 4},
                         {CigarOp::deletion, CigarOp::max_length}});
  EXPECT_EQ(text, "cg:Z:3S10=1X2M4I268435455D");
  append_cigar(text, {});
  EXPECT_EQ(text, "cg:Z:3S10=1X2M4I268435455D");
}

TEST(CigarText, ClassicJoinsMatchesAndMismatches) {
  EXPECT_EQ(classic({}), ">");
  EXPECT_EQ(classic({{CigarOp::equal, 10}, {CigarOp::mismatch, 1}, {CigarOp::equal, 5}}), ">16M");
  EXPECT_EQ(classic({{CigarOp::mismatch, 1}, {CigarOp::insertion, 2}, {CigarOp::equal, 3}, {CigarOp::deletion, 4}}),
            ">1M2I3M4D");
}

TEST(CigarText, ClassicSplitsRunsThatAreTooLong) {
  const std::uint32_t most = CigarOp::max_length;
  EXPECT_EQ(classic({{CigarOp::equal, most - 1}, {CigarOp::mismatch, 1}}), ">268435455M");
  EXPECT_EQ(classic({{CigarOp::equal, most}, {CigarOp::mismatch, 1}, {CigarOp::equal, 2}}), ">268435455M3M");
}

}  // namespace
}  // namespace anneal::align

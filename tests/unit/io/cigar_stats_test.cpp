#include "io/cigar_stats.h"

#include <gtest/gtest.h>

#include <string>

#include "align/cigar_text.h"
#include "unit/io/sample_pair.h"

namespace anneal::io {
namespace {

using test::parse_cigar;

TEST(CigarStats, CountsLetters) {
  const CigarStats stats = count_columns(parse_cigar("10=2X3I4D5="));
  EXPECT_EQ(stats.matches, 15);
  EXPECT_EQ(stats.mismatches, 2);
  EXPECT_EQ(stats.insertions, 3);
  EXPECT_EQ(stats.deletions, 4);
  EXPECT_EQ(stats.columns(), 24);
  EXPECT_EQ(stats.edit_distance(), 9);
  EXPECT_EQ(stats.target_letters(), 21);
  EXPECT_EQ(count_columns({}).columns(), 0);
}

std::string md(std::string_view cigar, std::string_view target) {
  std::string text;
  append_md(text, parse_cigar(cigar), target);
  return text;
}

TEST(CigarStats, WritesMd) {
  EXPECT_EQ(md("4=", "ACGT"), "4");
  EXPECT_EQ(md("2=1X1=", "ACGT"), "2G1");
  EXPECT_EQ(md("2X", "AC"), "0A0C0");
  EXPECT_EQ(md("2=3I2=", "ACGT"), "4");
  EXPECT_EQ(md("1=2D1=", "ACGT"), "1^CG1");
  EXPECT_EQ(md("1=2D1X", "ACGT"), "1^CG0T0");
  EXPECT_EQ(md("2D", "AC"), "0^AC0");
  EXPECT_EQ(md("3I", ""), "0");
  EXPECT_EQ(md("1=1X1D", "ac*"), "1C0^X0");
}

TEST(CigarText, WritesBothStyles) {
  const auto cigar = parse_cigar("10=1X2I3D4X1=");
  std::string text = "x";
  align::append_cigar(text, cigar);
  EXPECT_EQ(text, "x10=1X2I3D4X1=");
  text.clear();
  align::append_classic_cigar(text, cigar);
  EXPECT_EQ(text, "11M2I3D5M");
  text.clear();
  align::append_classic_cigar(text, {});
  EXPECT_EQ(text, "");
}

TEST(CigarText, SplitsRunsThatBamCannotHold) {
  const auto cigar = parse_cigar("268435455=7X");
  std::string text;
  align::append_classic_cigar(text, cigar);
  EXPECT_EQ(text, "268435455M7M");
}

}  // namespace
}  // namespace anneal::io

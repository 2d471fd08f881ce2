#include "io/sam_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "unit/io/sample_pair.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::format;
using test::parse_cigar;
using test::SamplePair;
using test::thrown_by;
using testing::HasSubstr;

std::string header(const WriterOptions& options, std::vector<Reference> references) {
  std::string text;
  SamWriter(options).append_header(text, references);
  return text;
}

TEST(SamWriter, WritesAHeader) {
  EXPECT_EQ(header({.version = "1.2"}, {{"t1", 30}, {"empty", 0}, {"t2", 2147483647}}),
            "@HD\tVN:1.6\tSO:unsorted\tGO:query\n@SQ\tSN:t1\tLN:30\n@SQ\tSN:t2\tLN:2147483647\n"
            "@PG\tID:anneal\tPN:anneal\tVN:1.2\n");
  EXPECT_THAT(header({.version = "1", .command_line = "anneal align\ta b"}, {}), HasSubstr("\tCL:anneal align a b\n"));
}

TEST(SamWriter, RefusesTargetNamesThatSamCannotHold) {
  const auto line = [](std::string_view name) { return thrown_by([&] { header({}, {{"a", 1}, {name, 1}}); }).line; };
  EXPECT_THAT(line("a"), HasSubstr("targets 1 and 2 have the same name, 'a'"));
  EXPECT_THAT(line(""), HasSubstr("target 2 has no name"));
  EXPECT_THAT(line("*b"), HasSubstr("target 2 ('*b') has byte 0x2a ('*') at position 1"));
  EXPECT_THAT(line("=b"), HasSubstr("byte 0x3d ('=') at position 1"));
  EXPECT_THAT(line("b\xc3\xa9"), HasSubstr("byte 0xc3 at position 2"));
  EXPECT_THAT(line("b c"), HasSubstr("such as paf"));
  EXPECT_NO_THROW(header({}, {{"gi|1|ref|NC_1.1|", 1}, {"b*=", 1}, {">x", 1}}));
}

TEST(SamWriter, WritesAMappedRecord) {
  SamplePair pair;
  pair.quality = "ABCDEFGHIJK";
  EXPECT_EQ(format("sam", pair),
            "q1\t0\tt1\t3\t255\t2S2M1I3M1D2M1S\t*\t0\t0\tGGACGTTACCT\tABCDEFGHIJK\tAS:i:7\tNM:i:3\tMD:Z:3A1^T2\n");
  EXPECT_THAT(format("sam", pair, {.eqx = true}), HasSubstr("\t2S2=1I1=1X1=1D2=1S\t"));
}

TEST(SamWriter, WritesTheReverseStrand) {
  SamplePair pair;
  pair.reverse = true;
  pair.quality = "ABCDEFGHIJK";
  EXPECT_EQ(format("sam", pair).substr(0, 61),
            "q1\t16\tt1\t3\t255\t2S2M1I3M1D2M1S\t*\t0\t0\tGGACGTTACCT\tKJIHGFEDCBA\tA");
}

TEST(SamWriter, WritesUnmappedRecords) {
  const std::string expected = "q1\t4\t*\t0\t0\t*\t*\t0\t0\tGGACGTTACCT\t*\n";
  EXPECT_EQ(format("sam", SamplePair::unaligned()), expected);
  EXPECT_EQ(format("sam", SamplePair::outside_band()), expected);
  SamplePair without_target;
  without_target.target.clear();
  without_target.alignment = {
      .score = -17, .query_begin = 0, .query_end = 11, .target_begin = 0, .target_end = 0, .status = Status::aligned};
  without_target.cigar = parse_cigar("11I");
  EXPECT_EQ(format("sam", without_target), expected);
}

TEST(SamWriter, WritesStarsForWhatIsEmpty) {
  SamplePair pair;
  pair.query.clear();
  pair.query_name.clear();
  pair.alignment = {
      .score = -8, .query_begin = 0, .query_end = 0, .target_begin = 0, .target_end = 2, .status = Status::aligned};
  pair.cigar = parse_cigar("2D");
  EXPECT_EQ(format("sam", pair), "*\t0\tt1\t1\t255\t2D\t*\t0\t0\t*\t*\tAS:i:-8\tNM:i:2\tMD:Z:0^TT0\n");
}

TEST(SamWriter, WritesProteinAsSamCanHoldIt) {
  SamplePair pair = SamplePair::unaligned();
  pair.query = "MK*";
  EXPECT_THAT(format("sam", pair), HasSubstr("\tMKX\t"));
}

TEST(SamWriter, AddsExtensionTags) {
  SamplePair pair;
  pair.has_extension = true;
  EXPECT_THAT(format("sam", pair, {.mode = Mode::extend}), HasSubstr("\tgs:i:-1\tgt:i:0\tmo:i:1\n"));
}

TEST(SamWriter, AddsSecondBestTags) {
  SamplePair pair;
  pair.has_second_best = true;
  EXPECT_THAT(format("sam", pair, {.second_best = true}), HasSubstr("\tXS:i:5\tse:i:30\n"));
}

TEST(SamWriter, RefusesQueryNamesThatSamCannotHold) {
  SamplePair pair;
  pair.query_name = std::string(255, 'a');
  EXPECT_THAT(thrown_by([&] { format("sam", pair); }).line, HasSubstr("has 255 bytes, and SAM allows 254"));
  pair.query_name = "a@b";
  EXPECT_THAT(thrown_by([&] { format("sam", pair); }).line, HasSubstr("byte 0x40 ('@') at position 2"));
}

}  // namespace
}  // namespace anneal::io

#include "anneal/io/alignment_header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/io/random_alignments.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::HasSubstr;

TEST(AlignmentHeaderTest, KnowsItsSequencesAndReadGroups) {
  const AlignmentHeader header = test::sample_header();
  ASSERT_EQ(header.reference_count(), 3);
  EXPECT_EQ(header.reference_name(1), "HLA:01");
  EXPECT_EQ(header.reference_length(2), 70000);
  EXPECT_EQ(header.find_reference("chr2"), 2);
  EXPECT_EQ(header.find_reference("chr3"), std::nullopt);
  const std::vector<ReadGroup> groups = header.read_groups();
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].id + groups[0].sample + groups[0].library, "aonex");
  EXPECT_EQ(groups[1].id + groups[1].sample + groups[1].library, "b");
  EXPECT_EQ(AlignmentHeader::parse(header.text()).text(), header.text());
  EXPECT_EQ(AlignmentHeader().text(), "");
}

TEST(AlignmentHeaderTest, ParsesRegions) {
  const AlignmentHeader header = test::sample_header();
  EXPECT_EQ(header.parse_region("chr1:1,001-2,000"), (Region{"chr1", 1000, 2000}));
  EXPECT_EQ(header.parse_region("{HLA:01}:5-5"), (Region{"HLA:01", 4, 5}));
  EXPECT_EQ(header.parse_region("HLA:01").contig, "HLA:01");
  EXPECT_EQ(header.parse_region("chr2:70").begin, 69);
  EXPECT_GE(header.parse_region("chr2").end, 70000);
  EXPECT_EQ(header.parse_region("*").contig, Region::unplaced);
  for (const char* const bad : {"chr9", "chr1:", "chr1:9-8", "chr1:x", "chr1:1-2-3", "", ":1-2"}) {
    EXPECT_EQ(thrown_by([&] { header.parse_region(bad); }).code, ErrorCode::invalid_argument) << bad;
  }
}

TEST(AlignmentHeaderTest, Grows) {
  AlignmentHeader header;
  header.add_reference("x", std::int64_t{5} << 40);
  EXPECT_EQ(header.reference_length(0), std::int64_t{5} << 40);
  EXPECT_THAT(thrown_by([&] { header.add_reference("x", 4); }).line, HasSubstr("has a sequence 'x' already"));
  EXPECT_THAT(thrown_by([&] { header.add_reference("y", 0); }).line, HasSubstr("1 to 2^62"));
  EXPECT_THROW(header.add_reference("y z", 4), Error);

  const AlignmentHeader before = header;
  header.add_program({.name = "anneal", .version = "1"});
  header.add_program({.name = "anneal", .command_line = "anneal view"});
  EXPECT_THAT(header.text(), testing::EndsWith("@PG\tID:anneal\tPN:anneal\tVN:1\n"
                                               "@PG\tID:anneal.1\tPN:anneal\tPP:anneal\tCL:anneal view\n"));
  EXPECT_THAT(before.text(), testing::Not(HasSubstr("@PG"))) << "copies are apart";
}

TEST(AlignmentHeaderTest, RefusesWhatSamDoesNotAllow) {
  for (const char* const bad :
       {"hello\n", "@SQ\tSN:x\n", "@SQ\tSN:x\tLN:5\n@SQ\tSN:x\tLN:6\n", "@HD VN:1.6\n", "@SQ\tSN:x\tLN:0\n",
        "@SQ\tSN:x\tLN:-1\n", "@SQ\tSN:x\tLN:abc\n", "@SQ\tLN:5x\tSN:x\n", "@SQ\tSN:x\tLN:\n",
        "@SQ\tSN:x\tLN:4611686018427387905\n", "@SQ\tSN:x\tLN:99999999999999999999\n"}) {
    EXPECT_EQ(thrown_by([&] { AlignmentHeader::parse(bad); }).code, ErrorCode::invalid_input) << bad;
  }
  const auto refusal = [](const char* text) { return thrown_by([&] { AlignmentHeader::parse(text); }).line; };
  EXPECT_THAT(refusal("@HD\tVN:1.6\nhello\n"), HasSubstr("line 2 is 'hello'"));
  EXPECT_THAT(refusal("@SQ\tSN:x\tLN:5\n@SQ\tSN:x\tLN:6\n"), HasSubstr("line 2 is the second @SQ line of 'x'"));
  EXPECT_THAT(refusal("@RG\tSM:x\n"), HasSubstr("line 1 is '@RG"));
}

TEST(AlignmentHeaderTest, RefusesToAddToProgramsInACycle) {
  const auto add = [](const char* text) { AlignmentHeader::parse(text).add_program({.name = "anneal"}); };
  for (const char* const bad : {"@PG\tID:a\tPP:b\n@PG\tID:b\tPP:a\n", "@PG\tID:a\tPP:a\n",
                                "@PG\tID:c\n@PG\tID:a\tPP:b\n@PG\tID:b\tPP:a\n@PG\tID:d\tPP:c\n"}) {
    EXPECT_THAT(thrown_by([&] { add(bad); }).line, HasSubstr("cycle")) << bad;
  }
  for (const char* const good : {"@PG\tID:a\n@PG\tID:b\tPP:a\n@PG\tID:c\tPP:a\n", "@PG\tID:a\tPP:absent\n", ""}) {
    EXPECT_NO_THROW(add(good)) << good;
  }
}

}  // namespace
}  // namespace anneal::io

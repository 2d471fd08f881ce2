#include "anneal/io/alignment_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "unit/io/random_alignments.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::ElementsAre;
using testing::HasSubstr;

AlignmentFields mapped(std::span<const CigarOp> cigar, std::string_view sequence) {
  return {.name = "r",
          .flags = flag_reverse,
          .reference = 1,
          .position = 10,
          .mapping_quality = 7,
          .cigar = cigar,
          .sequence = sequence};
}

TEST(AlignmentRecordTest, HoldsWhatItIsGiven) {
  const CigarOp cigar[] = {{CigarOp::soft_clip, 1}, {CigarOp::equal, 3}, {CigarOp::skip, 100}, {CigarOp::mismatch, 1}};
  const std::uint8_t qualities[] = {0, 93, 2, 3, 4};
  AlignmentFields fields = mapped(cigar, "aCGTu");
  fields.qualities = qualities;
  fields.mate_reference = 2;
  fields.mate_position = 5;
  fields.template_length = -6;
  AlignmentRecord record;
  record.assign(fields);
  EXPECT_EQ(record.name(), "r");
  EXPECT_TRUE(record.has(flag_reverse));
  EXPECT_FALSE(record.has(flag_unmapped));
  EXPECT_EQ(record.reference(), 1);
  EXPECT_EQ(record.position(), 10);
  EXPECT_EQ(record.end_position(), 114);
  EXPECT_EQ(record.mapping_quality(), 7);
  EXPECT_EQ(to_string(record.cigar()), "1S3=100N1X");
  EXPECT_EQ(record.mate_reference(), 2);
  EXPECT_EQ(record.mate_position(), 5);
  EXPECT_EQ(record.template_length(), -6);
  EXPECT_EQ(record.sequence(), "ACGTN");
  EXPECT_THAT(record.qualities(), ElementsAre(0, 93, 2, 3, 4));
  EXPECT_TRUE(record.tags().empty());
}

TEST(AlignmentRecordTest, IsUnmappedAndEmptyAtFirst) {
  const AlignmentRecord record;
  EXPECT_EQ(record.name(), "*");
  EXPECT_EQ(record.flags(), flag_unmapped);
  EXPECT_EQ(record.reference(), -1);
  EXPECT_EQ(record.position(), -1);
  EXPECT_EQ(record.sequence(), "");
  EXPECT_TRUE(record.qualities().empty());
  EXPECT_TRUE(record.cigar().empty());
}

TEST(AlignmentRecordTest, RefusesWhatSamDoesNotAllow) {
  AlignmentRecord record;
  const CigarOp cigar[] = {{CigarOp::match, 3}};
  const std::uint8_t qualities[] = {1, 2, 94};
  EXPECT_THAT(thrown_by([&] { record.assign(mapped({}, "ACG")); }).line, HasSubstr("has no CIGAR"));
  EXPECT_THAT(thrown_by([&] { record.assign(mapped(cigar, "ACGT")); }).line, HasSubstr("a CIGAR of 3 letters"));
  AlignmentFields fields = mapped(cigar, "ACG");
  fields.qualities = std::span(qualities).first(2);
  EXPECT_THAT(thrown_by([&] { record.assign(fields); }).line, HasSubstr("2 qualities for 3 letters"));
  fields.qualities = qualities;
  EXPECT_THAT(thrown_by([&] { record.assign(fields); }).line, HasSubstr("a quality of 94"));
  fields.qualities = {};
  const std::string name(255, 'x');
  fields.name = name;
  EXPECT_THROW(record.assign(fields), Error);
}

TEST(AlignmentRecordTest, HasTagsOfAllTypes) {
  const std::vector<Tag> tags = {
      {"AA", 'x'},
      {"Ai", std::int64_t{-2147483647}},
      {"AI", std::int64_t{4294967295}},
      {"Ac", std::int64_t{-1}},
      {"Af", 1.5F},
      {"Ad", 0.1},
      {"AZ", std::string()},
      {"AH", HexDigits{"00FF"}},
      {"Bc", std::vector<std::int8_t>{-128, 127}},
      {"BC", std::vector<std::uint8_t>{255}},
      {"Bs", std::vector<std::int16_t>{-32768}},
      {"BS", std::vector<std::uint16_t>{65535}},
      {"Bi", std::vector<std::int32_t>{std::numeric_limits<std::int32_t>::min()}},
      {"BI", std::vector<std::uint32_t>{4294967295}},
      {"Bf", std::vector<float>{-0.25F, 3}},
      {"B0", std::vector<std::int8_t>{}},
  };
  AlignmentRecord record;
  for (const Tag& tag : tags) record.set_tag(tag.name, tag.value);
  EXPECT_EQ(record.tags(), tags);
  for (const Tag& tag : tags) EXPECT_EQ(record.tag(tag.name), tag.value) << tag.name;
  EXPECT_EQ(record.tag("ZZ"), std::nullopt);

  record.set_tag("AA", std::string("of another type"));
  EXPECT_EQ(record.tag("AA"), TagValue(std::string("of another type")));
  EXPECT_TRUE(record.remove_tag("AA"));
  EXPECT_FALSE(record.remove_tag("AA"));
  EXPECT_EQ(record.tags(), std::vector<Tag>(tags.begin() + 1, tags.end()));
}

TEST(AlignmentRecordTest, RefusesTagsThatSamDoesNotAllow) {
  AlignmentRecord record;
  for (const char* const name : {"", "A", "ABC", "1A", "A-"}) EXPECT_THROW(record.set_tag(name, 'x'), Error) << name;
  for (const std::int64_t value : {std::int64_t{4294967296}, std::int64_t{-2147483649}}) {
    EXPECT_EQ(thrown_by([&] { record.set_tag("XX", value); }).code, ErrorCode::invalid_argument) << value;
  }
}

TEST(AlignmentRecordTest, ChangesFieldByField) {
  AlignmentRecord record = test::RandomAlignments(5).next();
  const AlignmentRecord before = record;
  record.set_flags(flag_paired | flag_duplicate);
  record.set_mapping_quality(3);
  record.set_position(2, 77);
  record.set_mate(1, 8, 9);
  EXPECT_EQ(record.flags(), flag_paired | flag_duplicate);
  EXPECT_EQ(record.mapping_quality(), 3);
  EXPECT_EQ(record.reference(), 2);
  EXPECT_EQ(record.position(), 77);
  EXPECT_EQ(record.mate_reference(), 1);
  EXPECT_EQ(record.mate_position(), 8);
  EXPECT_EQ(record.template_length(), 9);
  EXPECT_EQ(record.sequence(), before.sequence());
  EXPECT_FALSE(record == before);
}

TEST(AlignmentFlags, AreNumbersOrNames) {
  EXPECT_EQ(parse_alignment_flags("0x904"), 0x904);
  EXPECT_EQ(parse_alignment_flags("2308"), 2308);
  EXPECT_EQ(parse_alignment_flags("UNMAP,secondary,SUPPLEMENTARY"), 0x904);
  EXPECT_EQ(parse_alignment_flags("PAIRED,PROPER_PAIR,UNMAP,MUNMAP,REVERSE,MREVERSE,READ1,READ2,SECONDARY,QCFAIL,DUP,"
                                  "SUPPLEMENTARY"),
            0xfff);
  for (const char* const bad : {"", "x", "UNMAP,", ",", "65536", "0x", "-1", "4 "}) {
    EXPECT_EQ(thrown_by([&] { parse_alignment_flags(bad); }).code, ErrorCode::invalid_argument) << bad;
  }
}

}  // namespace
}  // namespace anneal::io

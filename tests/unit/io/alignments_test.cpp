#include "anneal/io/alignments.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "unit/base/temporary_folder.h"
#include "unit/io/random_alignments.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::HasSubstr;

class Alignments : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

  void write(const std::string& file, const std::vector<AlignmentRecord>& records, AlignmentWriterOptions options) {
    AlignmentWriter writer(file, test::sample_header(), options);
    for (const AlignmentRecord& record : records) writer.write(record);
    EXPECT_FALSE(std::filesystem::exists(file));
    writer.commit();
  }

  std::vector<AlignmentRecord> read(const std::string& file, int threads = 1) {
    AlignmentReader reader(file, {.threads = IoThreads(threads)});
    return test::read_records(reader);
  }

  test::TemporaryFolder folder_;
};

TEST_F(Alignments, AreReadAsTheyWereWritten) {
  const std::vector<AlignmentRecord> records = test::RandomAlignments(1).next(400);
  for (const AlignmentFormat format : {AlignmentFormat::sam, AlignmentFormat::sam_gz, AlignmentFormat::bam}) {
    for (const int threads : {1, 3}) {
      for (const int level : {-1, 1}) {
        const std::string file = path(fmt::format("x{}{}{}", static_cast<int>(format), threads, level));
        write(file, records, {.format = format, .compression_level = level, .threads = IoThreads(threads)});
        EXPECT_EQ(read(file, threads), records);
      }
    }
  }
}

// CRAM may put tags into another order, and says of a pair what its records say of each other.
TEST_F(Alignments, AreReadFromCramAsTheyWereWritten) {
  std::vector<AlignmentRecord> records = test::RandomAlignments(2).next(400);
  const auto sorted_tags = [](const AlignmentRecord& record) {
    std::vector<Tag> tags = record.tags();
    std::ranges::sort(tags, {}, &Tag::name);
    return tags;
  };
  for (const CramVersion version : {CramVersion::v3_0, CramVersion::v3_1}) {
    const std::string file = path(fmt::format("x{}", static_cast<int>(version)));
    write(file, records, {.format = AlignmentFormat::cram, .cram_version = version});
    std::vector<AlignmentRecord> found = read(file, 2);
    ASSERT_EQ(found.size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      EXPECT_EQ(found[i].name(), records[i].name());
      EXPECT_EQ(found[i].flags(), records[i].flags());
      EXPECT_EQ(found[i].position(), records[i].position());
      EXPECT_TRUE(std::ranges::equal(found[i].cigar(), records[i].cigar()));
      EXPECT_EQ(sorted_tags(found[i]), sorted_tags(records[i]));
    }
  }
}

TEST_F(Alignments, MayHaveMoreOperationsThanBamCounts) {
  std::vector<CigarOp> cigar;
  for (int i = 0; i < 40000; ++i) cigar.insert(cigar.end(), {{CigarOp::match, 1}, {CigarOp::insertion, 1}});
  AlignmentRecord record;
  record.assign(
      {.name = "long", .flags = 0, .reference = 0, .position = 9, .cigar = cigar, .sequence = std::string(80000, 'A')});
  for (const AlignmentFormat format :
       {AlignmentFormat::sam, AlignmentFormat::sam_gz, AlignmentFormat::bam, AlignmentFormat::cram}) {
    const std::string file = path(fmt::format("x{}", static_cast<int>(format)));
    write(file, {record}, {.format = format});
    EXPECT_EQ(read(file), std::vector{record});
  }
}

TEST_F(Alignments, OfRegionsComeOnceAndInOrder) {
  std::vector<AlignmentRecord> records = test::RandomAlignments(3).next(500);
  std::ranges::sort(records, {}, [](const AlignmentRecord& record) {
    return std::tuple(record.reference() < 0, record.reference(), record.position());
  });
  const std::vector<Region> regions = {{"chr2", 100, 1000}, {"chr1", 3000, 3001}, {"chr1", 10, 900},
                                       {"chr1", 900, 950},  {"chr1", 960, 1800},  {"*"}};
  const AlignmentHeader header = test::sample_header();
  std::vector<AlignmentRecord> expected;
  std::ranges::copy_if(records, std::back_inserter(expected), [&](const AlignmentRecord& record) {
    return std::ranges::any_of(regions, [&](const Region& region) {
      return header.find_reference(region.contig).value_or(-1) == record.reference() &&
             (record.reference() < 0 || (record.position() < region.end && record.end_position() > region.begin));
    });
  });
  const std::string file = path("x.bam");
  write(file, records, {.format = AlignmentFormat::bam});
  for (const AlignmentIndexFormat format : {AlignmentIndexFormat::csi, AlignmentIndexFormat::bai}) {
    const std::string index = index_alignments(file, {.format = format, .threads = IoThreads(2)});
    EXPECT_TRUE(index.ends_with(format == AlignmentIndexFormat::csi ? ".bam.csi" : ".bam.bai"));
    AlignmentReader reader(file, {.threads = IoThreads(2)});
    reader.query(regions);
    EXPECT_EQ(test::read_records(reader), expected);
    EXPECT_EQ(reader.records_read(), expected.size());
    std::filesystem::remove(index);
  }
}

TEST_F(Alignments, LeaveNothingWithoutCommit) {
  folder_.write("old.bam", "old");
  {
    AlignmentWriter writer(path("old.bam"), test::sample_header(), {.format = AlignmentFormat::bam});
    writer.write(test::RandomAlignments(4).next());
  }
  EXPECT_EQ(std::filesystem::file_size(path("old.bam")), 3u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.path()), {}), 1);
}

TEST_F(Alignments, AreRefusedWhereTheFormatCannotHoldThem) {
  AlignmentWriter writer(path("x.bam"), test::sample_header(), {.format = AlignmentFormat::bam});
  AlignmentRecord record;
  record.set_position(3, 10);
  EXPECT_THAT(thrown_by([&] { writer.write(record); }).line,
              HasSubstr("record 1 ('*') is on sequence 4, and the header has 3"));
  record.set_position(0, std::int64_t{1} << 40);
  EXPECT_THAT(thrown_by([&] { writer.write(record); }).line, HasSubstr("record 2 ('*') cannot be written to"));
  EXPECT_EQ(thrown_by([&] { AlignmentWriter(path("y"), test::sample_header(), {.compression_level = 10}); }).code,
            ErrorCode::invalid_argument);
  EXPECT_EQ(thrown_by([] { IoThreads(0); }).code, ErrorCode::invalid_argument);
}

TEST_F(Alignments, HaveNamesInCram31ThatSamAllows) {
  folder_.write("x.sam",
                "@CO\tx\n"
                "a\xa7\xa7"
                "b\t4\t*\t0\t0\t*\t*\t0\t0\tA\tI\n");
  AlignmentReader reader(path("x.sam"));
  AlignmentRecord record;
  ASSERT_TRUE(reader.read(record));
  AlignmentWriter old(path("x.cram"), reader.header(), {.format = AlignmentFormat::cram});
  old.write(record);
  old.commit();
  EXPECT_EQ(read(path("x.cram")), std::vector{record});
  AlignmentWriter writer(path("y.cram"), reader.header(),
                         {.format = AlignmentFormat::cram, .cram_version = CramVersion::v3_1});
  EXPECT_THAT(thrown_by([&] { writer.write(record); }).line, HasSubstr("name with other bytes than ! to ~"));
}

// Headers say how far an index reaches, and records may lie elsewhere.
TEST_F(Alignments, AreNotIndexedWhereTheIndexDoesNotReach) {
  AlignmentRecord near, far;
  near.set_position(0, 10);
  far.set_position(0, (std::int64_t{1} << 14) + 5);
  for (const AlignmentFormat format : {AlignmentFormat::sam_gz, AlignmentFormat::bam}) {
    const std::string file = path(fmt::format("x{}", static_cast<int>(format)));
    AlignmentWriter writer(file, AlignmentHeader::parse("@SQ\tSN:short\tLN:100\n"), {.format = format});
    for (const AlignmentRecord* record : {&near, &far}) writer.write(*record);
    writer.commit();
    const auto error = thrown_by([&] { index_alignments(file); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input);
    EXPECT_THAT(error.line, HasSubstr("record 2 ('*')"));
    EXPECT_THAT(error.line, HasSubstr("short:16390, behind what this index can hold (16384)"));
  }
}

TEST(AlignmentFormats, HaveNames) {
  EXPECT_EQ(alignment_format_of("a/x.sam.gz"), AlignmentFormat::sam_gz);
  EXPECT_EQ(alignment_format_of("x.cram"), AlignmentFormat::cram);
  EXPECT_EQ(alignment_format_of("bam"), std::nullopt);
  EXPECT_EQ(find_alignment_format("bam"), AlignmentFormat::bam);
  EXPECT_EQ(find_alignment_format("BAM"), std::nullopt);
}

}  // namespace
}  // namespace anneal::io

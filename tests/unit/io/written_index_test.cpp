// An index that is made while its file is written finds what all records say.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "anneal/io/alignments.h"
#include "io/hts/alignment_sorter.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/random_alignments.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

// All but those that reach behind the end of their sequence.
std::vector<AlignmentRecord> sorted_records(const AlignmentHeader& header) {
  AlignmentSorter sorter;
  for (const AlignmentRecord& record : test::RandomAlignments(5).next(3000)) {
    const bool fits = record.reference() < 0 || record.end_position() <= header.reference_length(record.reference());
    if (fits && record.end_position() > record.position()) sorter.add(record);
  }
  std::vector<AlignmentRecord> records;
  for (AlignmentRecord record; sorter.next(record);) records.push_back(record);
  return records;
}

struct Written {
  const char* name;
  AlignmentFormat format;
  AlignmentIndexFormat index;
  const char* index_name;
};

class WrittenIndex : public testing::TestWithParam<Written> {
 protected:
  std::string path() const { return (folder_.path() / GetParam().name).string(); }
  std::string index_path() const { return (folder_.path() / GetParam().index_name).string(); }
  AlignmentWriter open() const {
    return {path(), header_, {.format = GetParam().format, .index = GetParam().index, .threads = IoThreads(2)}};
  }

  test::TemporaryFolder folder_;
  AlignmentHeader header_ = test::sample_header();
};

TEST_P(WrittenIndex, FindsTheRecordsOfRegions) {
  const std::vector<AlignmentRecord> records = sorted_records(header_);
  ASSERT_GT(records.size(), 1000U);
  AlignmentWriter writer = open();
  for (const AlignmentRecord& record : records) writer.write(record);
  writer.commit();
  for (const Region& region : {Region{"chr1", 20000, 45000}, Region{"HLA:01", 0, 5000}, Region{"chr2", 69000, 70000}}) {
    const int contig = header_.find_reference(region.contig).value_or(-1);
    std::vector<std::string> expected, found;
    for (const AlignmentRecord& record : records) {
      const bool overlaps = record.position() < region.end && record.end_position() > region.begin;
      if (record.reference() == contig && overlaps) expected.emplace_back(record.name());
    }
    AlignmentReader reader(path());
    reader.query({&region, 1});
    for (const AlignmentRecord& record : reader) found.emplace_back(record.name());
    EXPECT_EQ(found, expected) << region.contig;
  }
}

TEST_P(WrittenIndex, IsThereWithItsFileOnly) {
  {
    const AlignmentWriter writer = open();
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
  open().commit();
  EXPECT_TRUE(std::filesystem::exists(path()));
  EXPECT_TRUE(std::filesystem::exists(index_path()));
  EXPECT_GE(std::filesystem::last_write_time(index_path()), std::filesystem::last_write_time(path()));
  std::filesystem::remove(path());
  std::filesystem::remove(index_path());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path()));
}

INSTANTIATE_TEST_SUITE_P(Formats, WrittenIndex,
                         testing::Values(Written{"x.bam", AlignmentFormat::bam, AlignmentIndexFormat::csi, "x.bam.csi"},
                                         Written{"x.bam", AlignmentFormat::bam, AlignmentIndexFormat::bai, "x.bam.bai"},
                                         Written{"x.cram", AlignmentFormat::cram, AlignmentIndexFormat::csi,
                                                 "x.cram.crai"}),
                         [](const auto& written) { return "Case" + std::to_string(written.index); });

TEST(IndexOfWriter, IsRefusedWhereThereCanBeNone) {
  const test::TemporaryFolder folder;
  const AlignmentHeader header = test::sample_header();
  const auto message = [&](const std::string& path, AlignmentFormat format, AlignmentIndexFormat index) {
    return test::thrown_by([&] { AlignmentWriter(path, header, {.format = format, .index = index}); }).line;
  };
  const auto csi = AlignmentIndexFormat::csi, bai = AlignmentIndexFormat::bai;
  const std::string path = (folder.path() / "x").string();
  EXPECT_NE(message(path, AlignmentFormat::sam, csi).find("plain SAM"), std::string::npos);
  EXPECT_NE(message(path, AlignmentFormat::cram, bai).find("is not BAM"), std::string::npos);
  EXPECT_NE(message("/dev/null", AlignmentFormat::bam, csi).find("no regular file"), std::string::npos);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(IndexOfWriter, RefusesRecordsOutOfOrder) {
  const test::TemporaryFolder folder;
  AlignmentWriter writer((folder.path() / "x.bam").string(), test::sample_header(),
                         {.format = AlignmentFormat::bam, .index = AlignmentIndexFormat::csi});
  AlignmentRecord record;
  record.set_position(0, 500);
  writer.write(record);
  record.set_position(0, 400);
  EXPECT_NE(test::thrown_by([&] { writer.write(record); }).line.find("record 2"), std::string::npos);
}

TEST(SortedHeader, SaysSoInOneField) {
  for (const char* const line : {"", "@HD\tVN:1.6\n", "@HD\tVN:1.6\tSO:unsorted\tGO:query\tSS:unsorted:x\n"}) {
    AlignmentHeader header = AlignmentHeader::parse(line);
    header.set_sorted_by_coordinate();
    EXPECT_EQ(header.text(), "@HD\tVN:1.6\tSO:coordinate\n");
  }
}

}  // namespace
}  // namespace anneal::io

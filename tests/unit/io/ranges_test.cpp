// Readers as C++20 ranges: what views make of them, also of regions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io.h"
#include "io/hts/tabix_build.h"
#include "unit/base/temporary_folder.h"

namespace anneal::io {
namespace {

using testing::ElementsAre;

template <typename Reader, typename Record>
constexpr bool gives = std::ranges::input_range<Reader> && std::ranges::viewable_range<Reader&> &&
                       std::same_as<std::ranges::range_value_t<Reader>, Record> &&
                       std::same_as<std::ranges::range_reference_t<Reader>, const Record&>;

static_assert(gives<SequenceFile, SequenceRecord>);
static_assert(gives<PairedSequences, SequencePair>);
static_assert(gives<AlignmentReader, AlignmentRecord>);
static_assert(gives<VariantReader, VariantRecord>);
static_assert(gives<BedReader, BedRecord>);
static_assert(gives<GffReader, GffRecord>);
static_assert(gives<PafReader, PafRecord>);
static_assert(std::ranges::random_access_range<SequenceBatch>);

// Of the first two records of odd numbers, what `label` says.
template <typename Reader, typename Label>
std::vector<std::string> first_odd(Reader& reader, const Label& label) {
  int number = 0;
  std::vector<std::string> labels;
  const auto is_odd = [&number](const auto&) { return number++ % 2 == 1; };
  for (const auto& record : reader | std::views::filter(is_odd) | std::views::take(2)) {
    labels.emplace_back(label(record));
  }
  return labels;
}

class Ranges : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string written(const std::string& name, std::string_view text) const {
    folder_.write(name, text);
    return path(name);
  }

  const test::TemporaryFolder folder_;
};

TEST_F(Ranges, OfSequences) {
  SequenceFile file(written("x.fa", ">a\nA\n>b\nC\n>c\nG\n>d\nT\n>e\nA\n"));
  EXPECT_THAT(first_odd(file, [](const SequenceRecord& record) { return record.name; }), ElementsAre("b", "d"));
}

TEST_F(Ranges, OfPairedSequences) {
  const std::string path = written("x.fq",
                                   "@a/1\nA\n+\nI\n@a/2\nC\n+\nI\n@b/1\nG\n+\nI\n@b/2\nT\n+\nI\n"
                                   "@c/1\nA\n+\nI\n@c/2\nA\n+\nI\n");
  const auto names = [](const SequencePair& pair) {
    return std::string(pair.first.name) + " " + std::string(pair.second.name);
  };
  PairedSequences all(path), some(path);
  std::vector<std::string> found;
  for (const SequencePair& pair : all) found.push_back(names(pair));
  EXPECT_THAT(found, ElementsAre("a/1 a/2", "b/1 b/2", "c/1 c/2"));
  EXPECT_EQ(all.pairs_read(), 3u);
  EXPECT_THAT(first_odd(some, names), ElementsAre("b/1 b/2"));
}

TEST_F(Ranges, OfAlignmentsAndTheirRegions) {
  AlignmentHeader header;
  header.add_reference("chr1", 1000);
  const std::string file = path("x.bam");
  AlignmentWriter writer(file, header, {.format = AlignmentFormat::bam, .index = AlignmentIndexFormat::csi});
  for (const char* const name : {"a", "b", "c", "d", "e", "f"}) {
    AlignmentRecord record;
    record.assign({.name = name, .reference = 0, .position = 100 * (name[0] - 'a')});
    writer.write(record);
  }
  writer.commit();
  const auto name = [](const AlignmentRecord& record) { return record.name(); };
  AlignmentReader reader(file), regions(file);
  EXPECT_THAT(first_odd(reader, name), ElementsAre("b", "d"));
  regions.query("chr1:101-401");
  EXPECT_THAT(first_odd(regions, name), ElementsAre("c", "e"));
}

TEST_F(Ranges, OfVariantsAndTheirRegions) {
  VariantHeader header;
  header.add_line("##contig=<ID=chr1,length=1000>");
  const std::string file = path("x.bcf");
  VariantWriter writer(file, header);
  for (const char* const id : {"a", "b", "c", "d", "e", "f"}) {
    VariantRecord record(header);
    record.set_contig("chr1");
    record.set_position(100 * (id[0] - 'a') + 9);
    record.set_id(id);
    record.set_alleles(std::vector<std::string>{"A", "C"});
    writer.write(record);
  }
  writer.commit();
  hts::build_bcf_index(file, {});
  const auto id = [](const VariantRecord& record) { return record.id(); };
  VariantReader reader(file);
  EXPECT_THAT(first_odd(reader, id), ElementsAre("b", "d"));
  reader.query("chr1:101-401");
  EXPECT_THAT(first_odd(reader, id), ElementsAre("c"));
}

TEST_F(Ranges, OfIntervalsAndTheirRegions) {
  const std::string file = path("x.bed.gz");
  BedWriter writer(file);
  for (const char* const name : {"a", "b", "c", "d", "e", "f"}) {
    const std::int64_t begin = 100 * (name[0] - 'a');
    writer.write({.contig = "chr1", .begin = begin, .end = begin + 1, .columns = 4, .name = name});
  }
  writer.commit();
  hts::build_index(file, bed_lines, {});
  const auto name = [](const BedRecord& record) { return record.name; };
  BedReader reader(file);
  EXPECT_THAT(first_odd(reader, name), ElementsAre("b", "d"));
  reader.query("chr1:101-401");
  EXPECT_THAT(first_odd(reader, name), ElementsAre("c", "e"));
}

// What record_range.h says of it.
TEST_F(Ranges, AreReadOneRecordAhead) {
  const std::string text = "c\t1\t2\nc\t2\t3\nc\t3\t4\nc\t4\t5\n";
  BedReader reader(written("x.bed", text));
  std::vector<std::int64_t> begins;
  for (const BedRecord& record : reader | std::views::take(2)) begins.push_back(record.begin);
  BedRecord next;
  ASSERT_TRUE(reader.read(next));
  begins.push_back(next.begin);
  EXPECT_THAT(begins, ElementsAre(1, 2, 4));
}

// Algorithms of before C++20 need both ends to be of one type.
TEST_F(Ranges, BecomeVectors) {
  BedReader reader(written("x.bed", "c\t1\t2\nc\t2\t3\n"));
  auto records = reader | std::views::common;
  const std::vector<BedRecord> found(records.begin(), records.end());
  EXPECT_THAT(found, ElementsAre(BedRecord{.contig = "c", .begin = 1, .end = 2},
                                 BedRecord{.contig = "c", .begin = 2, .end = 3}));
}

}  // namespace
}  // namespace anneal::io

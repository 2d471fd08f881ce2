// Regions of BED, GFF and PAF by their indices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <tuple>

#include "anneal/io/intervals.h"
#include "io/hts/tabix_build.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;
using hts::RegionIndex;
using test::thrown_by;
using testing::AllOf;
using testing::HasSubstr;

template <typename Record>
struct Format;

template <>
struct Format<BedRecord> {
  static constexpr const char* preset = "-p bed";
  static const LineFormat& lines() { return bed_lines; }
  static BedRecord make(const std::string& contig, std::int64_t begin, std::int64_t end) {
    return {.contig = contig, .begin = begin, .end = end};
  }
  static std::tuple<std::string, std::int64_t, std::int64_t> place(const BedRecord& r) {
    return {r.contig, r.begin, r.end};
  }
};

template <>
struct Format<GffRecord> {
  static constexpr const char* preset = "-p gff";
  static const LineFormat& lines() { return gff_lines; }
  static GffRecord make(const std::string& contig, std::int64_t begin, std::int64_t end) {
    return {.contig = contig, .type = "exon", .begin = begin, .end = end, .attributes = {{"ID", {"x"}}}};
  }
  static std::tuple<std::string, std::int64_t, std::int64_t> place(const GffRecord& r) {
    return {r.contig, r.begin, r.end};
  }
};

template <>
struct Format<PafRecord> {
  static constexpr const char* preset = "-0 -s 6 -b 8 -e 9";
  static const LineFormat& lines() { return paf_lines; }
  static PafRecord make(const std::string& contig, std::int64_t begin, std::int64_t end) {
    return {.query = "q",
            .query_length = 5,
            .query_end = 5,
            .target = contig,
            .target_length = std::int64_t{1} << 40,
            .target_begin = begin,
            .target_end = end};
  }
  static std::tuple<std::string, std::int64_t, std::int64_t> place(const PafRecord& r) {
    return {r.target, r.target_begin, r.target_end};
  }
};

template <typename Record>
class IntervalRegions : public testing::Test {
 protected:
  using Kind = Format<Record>;
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::int64_t below(std::int64_t count) {
    return std::uniform_int_distribution<std::int64_t>(0, count - 1)(generator_);
  }
  std::vector<Record> random_records(std::int64_t length) {
    std::vector<std::tuple<std::string, std::int64_t, std::int64_t>> places;
    for (int i = 0; i < 800; ++i) {
      const std::int64_t begin = below(below(2) == 0 ? length : 5000);
      places.emplace_back("chr" + std::to_string(below(3)), begin,
                          begin + 1 + below(below(10) == 0 ? length / 4 : 200));
    }
    std::ranges::sort(places);
    std::vector<Record> records;
    for (const auto& [contig, begin, end] : places) records.push_back(Kind::make(contig, begin, end));
    return records;
  }
  void write(const std::string& name, const std::vector<Record>& records) const {
    IntervalWriter<Record> writer(path(name));
    for (const Record& record : records) writer.write(record);
    writer.commit();
  }
  static std::vector<Record> rest(IntervalReader<Record>& reader) {
    std::vector<Record> records;
    for (const Record& record : reader) records.push_back(record);
    return records;
  }
  static std::vector<Record> overlapping(const std::vector<Record>& records, const std::vector<Region>& regions) {
    std::vector<Record> found;
    for (const Record& record : records) {
      const auto [contig, begin, end] = Kind::place(record);
      const bool overlaps = std::ranges::any_of(
          regions, [&](const Region& r) { return contig == r.contig && begin < r.end && end > r.begin; });
      if (overlaps) found.push_back(record);
    }
    return found;
  }
  void check(const std::string& name, const std::vector<Record>& records, std::int64_t length, int threads = 1) {
    IntervalReader<Record> reader(path(name), {.threads = IoThreads(threads)});
    for (int i = 0; i < 100; ++i) {
      std::vector<Region> regions;
      for (int count = i % 3; count >= 0; --count) {
        Region region{.contig = "chr" + std::to_string(below(3)), .begin = below(below(2) == 0 ? length : 6000)};
        region.end = region.begin + 1 + below(below(2) == 0 ? length : 300);
        regions.push_back(region);
      }
      reader.query(regions);
      ASSERT_EQ(rest(reader), overlapping(records, regions)) << to_string(regions[0]);
    }
  }

  std::mt19937 generator_{5};
  test::TemporaryFolder folder_;
};

using Records = testing::Types<BedRecord, GffRecord, PafRecord>;
TYPED_TEST_SUITE(IntervalRegions, Records);

TYPED_TEST(IntervalRegions, HaveWhatOverlapsThem) {
  for (const RegionIndex kind : {RegionIndex::tbi, RegionIndex::csi, RegionIndex::automatic}) {
    const std::int64_t length = kind == RegionIndex::tbi ? 300000000 : 1000000000;
    const auto records = this->random_records(length);
    this->write("x.gz", records);
    const std::string index =
        hts::build_index(this->path("x.gz"), Format<TypeParam>::lines(), {.kind = kind, .threads = IoThreads(2)});
    EXPECT_TRUE(index.ends_with(kind == RegionIndex::tbi ? ".tbi" : ".csi"));
    for (const int threads : {1, 4}) this->check("x.gz", records, length, threads);
    fs::remove(index);
  }
}

TYPED_TEST(IntervalRegions, AreFoundByAnIndexOfTabix) {
  if (std::system("tabix --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "tabix is not installed";
  const auto records = this->random_records(300000000);
  this->write("x.gz", records);
  ASSERT_EQ(std::system(("tabix " + std::string(Format<TypeParam>::preset) + " '" + this->path("x.gz") + "'").c_str()),
            0);
  this->check("x.gz", records, 300000000);
}

TYPED_TEST(IntervalRegions, AreThoseOfTabix) {
  if (std::system("tabix --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "tabix is not installed";
  this->write("x.gz", this->random_records(300000000));
  hts::build_index(this->path("x.gz"), Format<TypeParam>::lines(), {});
  for (const char* const region : {"chr0", "chr1:1000-2000", "chr2:4000"}) {
    ASSERT_EQ(std::system(("tabix '" + this->path("x.gz") + "' " + region + " >'" + this->path("found") + "'").c_str()),
              0);
    IntervalReader<TypeParam> expected(this->path("found")), reader(this->path("x.gz"));
    reader.query(region);
    EXPECT_EQ(this->rest(reader), this->rest(expected)) << region;
  }
}

TYPED_TEST(IntervalRegions, NeedAnIndexThatBelongsToTheFile) {
  const std::vector<TypeParam> records = {Format<TypeParam>::make("chr1", 5, 9), Format<TypeParam>::make("chr1", 7, 9)};
  this->write("x.gz", records);
  this->write("x", records);
  this->write("unsorted.gz", std::vector<TypeParam>{records[1], records[0]});
  const auto query = [this](const char* name, const char* region = "chr1") {
    return thrown_by([&] { IntervalReader<TypeParam>(this->path(name)).query(region); }).line;
  };
  EXPECT_THAT(query("x.gz"), AllOf(HasSubstr("has no index"), HasSubstr("anneal index")));
  EXPECT_THAT(query("x"), HasSubstr("not compressed by BGZF"));
  EXPECT_THAT(thrown_by([this] { hts::build_index(this->path("unsorted.gz"), Format<TypeParam>::lines(), {}); }).line,
              HasSubstr("sort the file"));
  const std::string index = hts::build_index(this->path("x.gz"), Format<TypeParam>::lines(), {});
  EXPECT_THAT(query("x.gz", "chr7"), AllOf(HasSubstr("has nothing on the contig 'chr7'"), HasSubstr("it has 'chr1'")));
  fs::copy_file(index, this->path("unsorted.gz.tbi"));
  fs::last_write_time(index, fs::last_write_time(this->path("x.gz")) - std::chrono::seconds(5));
  EXPECT_THAT(query("x.gz"), HasSubstr("is older than"));

  this->write("larger.gz", this->random_records(300000000));
  fs::remove(index);
  fs::copy_file(hts::build_index(this->path("larger.gz"), Format<TypeParam>::lines(), {}), this->path("x.gz.tbi"));
  EXPECT_THAT(query("x.gz"), HasSubstr("is not that of"));
}

class LineIndices : public testing::Test {
 protected:
  std::string bgzf(const std::string& text) const {
    folder_.write("x", text);
    const std::string packed = (folder_.path() / "x.gz").string();
    if (std::system(("bgzip -f '" + (folder_.path() / "x").string() + "'").c_str()) != 0) ADD_FAILURE();
    return packed;
  }
  void SetUp() override {
    if (std::system("bgzip --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "bgzip is not installed";
  }
  test::TemporaryFolder folder_;
};

TEST_F(LineIndices, PassOverCommentsAndSequences) {
  const std::string path = bgzf(
      "##gff-version 3\nc\ts\tt\t1\t5\t.\t+\t.\tID=a\n###\n\nc\ts\tt\t3\t9\t.\t+\t.\tID=b\n###\n##FASTA\n>c\nACGT\n");
  hts::build_index(path, gff_lines, {});
  GffReader reader(path);
  reader.query("c:5-9");
  std::vector<std::string> found;
  for (const GffRecord& record : reader) found.push_back(record.attributes[0].values[0]);
  EXPECT_THAT(found, testing::ElementsAre("a", "b"));
}

TEST_F(LineIndices, NameTheLineThatCannotBeIndexed) {
  EXPECT_THAT(thrown_by([this] { hts::build_index(bgzf("#\nc\t1\t2\nc\tx\t5\n"), bed_lines, {}); }).line,
              HasSubstr("line 3 of '" + (folder_.path() / "x.gz").string() + "', column 2: 'x' is no whole number"));
  EXPECT_THAT(thrown_by([this] { hts::build_index(bgzf("c\t1\t2\nd\t1\t2\nc\t5\t6\n"), bed_lines, {}); }).line,
              HasSubstr("line 3 of"));
  EXPECT_THAT(thrown_by([this] { hts::build_index(bgzf("c\t1\t2\nd\t1\t2\nc\t5\t6\n"), bed_lines, {}); }).line,
              HasSubstr("'c' comes again"));
}

}  // namespace
}  // namespace anneal::io

// Regions of VCF and BCF files by their indices.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "anneal/io/variants.h"
#include "io/hts/tabix_build.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/random_variants.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

namespace fs = std::filesystem;
using hts::RegionIndex;
using test::thrown_by;
using testing::AllOf;
using testing::HasSubstr;

std::string index_of(const std::string& path, RegionIndex kind) {
  return path.ends_with(".bcf") ? hts::build_bcf_index(path, {.kind = kind})
                                : hts::build_index(path, vcf_lines, {.kind = kind});
}

std::vector<std::string> overlapping(const std::vector<VariantRecord>& records, const std::vector<Region>& regions) {
  std::vector<std::string> lines;
  for (const VariantRecord& record : records) {
    const auto overlaps = [&](const Region& region) {
      return record.contig() == region.contig && record.position() < region.end && record.end() > region.begin;
    };
    if (std::ranges::any_of(regions, overlaps)) lines.push_back(record.text());
  }
  return lines;
}

struct Kind {
  const char* name;
  RegionIndex index;
};

class VariantRegions : public testing::TestWithParam<Kind> {
 protected:
  VariantRegions() : random_(21, 2), records_(random_.records(600)) {
    if (GetParam().index == RegionIndex::tbi) {
      std::erase_if(records_, [](const VariantRecord& record) { return record.end() > (1 << 29); });
    }
    test::write_variants(path(), random_.header(), records_);
  }
  std::string path() const { return (folder_.path() / GetParam().name).string(); }
  Region random_region() {
    const auto below = [this](std::int64_t count) {
      return std::uniform_int_distribution<std::int64_t>(0, count - 1)(generator_);
    };
    const std::string contigs[] = {"chr1", "chr2", "HLA-A*01:01"};
    Region region{.contig = contigs[below(3)]};
    const std::int64_t length = region.contig == "chr1" ? 1000000000 : region.contig == "chr2" ? 400000000 : 20000;
    if (below(8) == 0) return region;
    region.begin = below(below(2) == 0 ? length : 6000);
    region.end = region.begin + 1 + below(below(2) == 0 ? length : 500);
    return region;
  }

  std::mt19937 generator_{3};
  test::TemporaryFolder folder_;
  test::RandomVariants random_;
  std::vector<VariantRecord> records_;
};

TEST_P(VariantRegions, HaveWhatOverlapsThem) {
  index_of(path(), GetParam().index);
  for (const int threads : {1, 2}) {
    VariantReader reader(path(), {.threads = IoThreads(threads)});
    for (int i = 0; i < 100; ++i) {
      std::vector<Region> regions;
      for (int count = i % 4; count >= 0; --count) regions.push_back(random_region());
      reader.query(regions);
      ASSERT_EQ(test::read_lines(reader), overlapping(records_, regions)) << to_string(regions[0]);
    }
    reader.query("HLA-A*01:01");
    EXPECT_EQ(test::read_lines(reader), overlapping(records_, {{"HLA-A*01:01"}}));
    reader.query("HLA-A*01:01:100-5,000");
    EXPECT_EQ(test::read_lines(reader), overlapping(records_, {{"HLA-A*01:01", 99, 5000}}));
  }
}

TEST_P(VariantRegions, AreThoseOfBcftools) {
  if (std::system("bcftools --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "bcftools is not installed";
  index_of(path(), GetParam().index);
  VariantReader reader(path());
  for (int i = 0; i < 10; ++i) {
    Region region = random_region();
    if (region.contig.find(':') != std::string::npos) region.contig = "chr1";  // of which bcftools knows nothing
    reader.query({&region, 1});
    const std::string out = (folder_.path() / "out").string();
    const std::string command =
        "bcftools view -H --regions-overlap 1 -r '" + to_string(region) + "' '" + path() + "' >'" + out + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);
    std::ifstream file(out);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    EXPECT_EQ(test::read_lines(reader), lines) << command;
  }
}

TEST_P(VariantRegions, WorkWithAnIndexOfBcftools) {
  if (std::system("bcftools --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "bcftools is not installed";
  const std::string kind = GetParam().index == RegionIndex::tbi ? "-t" : "-c";
  ASSERT_EQ(std::system(("bcftools index " + kind + " '" + path() + "'").c_str()), 0);
  VariantReader reader(path());
  const Region region = random_region();
  reader.query({&region, 1});
  EXPECT_EQ(test::read_lines(reader), overlapping(records_, {region}));
}

TEST_P(VariantRegions, OfSomeSamples) {
  index_of(path(), GetParam().index);
  VariantReader reader(path(), {.samples = std::vector<std::string>{"sample 1"}});
  VariantReader all(path(), {.samples = std::vector<std::string>{"sample 1"}});
  const std::vector<std::string> expected = test::read_lines(all);
  const std::vector<Region> everything = {{"chr1"}, {"chr2"}, {"HLA-A*01:01"}};
  reader.query(everything);
  EXPECT_EQ(test::read_lines(reader), expected);
}

TEST_P(VariantRegions, NeedAnIndexThatBelongsToTheFile) {
  VariantReader before(path());
  EXPECT_THAT(thrown_by([&] { before.query("chr1"); }).line,
              AllOf(HasSubstr("has no index"), HasSubstr("anneal index")));
  const std::string index = index_of(path(), GetParam().index);
  VariantReader reader(path());
  EXPECT_THAT(thrown_by([&] { reader.query("chr9"); }).line, HasSubstr("has no contig 'chr9'"));

  fs::last_write_time(index, fs::last_write_time(path()) - std::chrono::seconds(5));
  // As after copying both in that order: the file has blocks and its end where the index says.
  VariantReader copied(path());
  EXPECT_NO_THROW(copied.query("chr1"));

  // Another file's.
  const fs::path other = folder_.path() / (std::string("other.") + GetParam().name);
  test::write_variants(other.string(), random_.header(), random_.records(3000));
  const std::string foreign = index_of(other.string(), RegionIndex::csi);
  fs::remove(index);
  fs::copy_file(foreign, path() + ".csi");
  VariantReader confused(path());
  EXPECT_THAT(thrown_by([&] { confused.query("chr1"); }).line, HasSubstr("is not that of"));

  // A part of one.
  fs::copy_file(index_of(path(), RegionIndex::csi), folder_.path() / "whole");
  for (std::uintmax_t size = 0; size < fs::file_size(folder_.path() / "whole"); size += 37) {
    fs::resize_file(path() + ".csi", size);
    VariantReader part(path());
    EXPECT_EQ(thrown_by([&] { part.query("chr1"); }).code, ErrorCode::invalid_input) << size;
    fs::copy_file(folder_.path() / "whole", path() + ".csi", fs::copy_options::overwrite_existing);
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, VariantRegions,
                         testing::Values(Kind{"x.vcf.gz", RegionIndex::tbi}, Kind{"x.vcf.gz", RegionIndex::csi},
                                         Kind{"x.bcf", RegionIndex::csi}),
                         [](const auto& kind) {
                           return std::string(kind.param.name[2] == 'b' ? "bcf" : "vcf") +
                                  (kind.param.index == RegionIndex::tbi ? "_tbi" : "_csi");
                         });

class VariantIndices : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string written(const std::string& name, std::int64_t first, std::int64_t second) const {
    VariantHeader header("##contig=<ID=chr1,length=2000000000>\n");
    VariantWriter writer(path(name), header);
    for (const std::int64_t position : {first, second}) {
      VariantRecord record(header);
      record.set_contig("chr1");
      record.set_position(position);
      record.set_alleles(std::vector<std::string>{"A"});
      writer.write(record);
    }
    writer.commit();
    return path(name);
  }
  test::TemporaryFolder folder_;
};

TEST_F(VariantIndices, AreCsiUnlessTbiIsAskedForAndCanHoldThePositions) {
  const std::string small = written("small.vcf.gz", 5, 1 << 28), large = written("large.vcf.gz", 5, 1000000000);
  EXPECT_EQ(index_of(small, RegionIndex::automatic), small + ".csi");
  EXPECT_EQ(index_of(small, RegionIndex::tbi), small + ".tbi");
  EXPECT_EQ(index_of(large, RegionIndex::automatic), large + ".csi");
  EXPECT_THAT(thrown_by([&] { index_of(large, RegionIndex::tbi); }).line, HasSubstr("make a CSI index"));
  EXPECT_FALSE(fs::exists(large + ".tbi"));
  const std::string binary = written("x.bcf", 5, 1000000000);
  EXPECT_EQ(index_of(binary, RegionIndex::automatic), binary + ".csi");
  EXPECT_THAT(thrown_by([&] { index_of(binary, RegionIndex::tbi); }).line, HasSubstr("make a CSI index"));
  for (const std::string& file : {large, binary}) {
    VariantReader reader(file);
    reader.query("chr1:1000000001-1000000001");
    EXPECT_EQ(test::read_lines(reader).size(), 1u);
  }
}

TEST_F(VariantIndices, AreRefusedToWhatCannotHaveOne) {
  EXPECT_THAT(thrown_by([&] { index_of(written("x.vcf", 1, 2), RegionIndex::tbi); }).line,
              HasSubstr("not compressed by BGZF"));
  EXPECT_THAT(thrown_by([&] { index_of(written("x.vcf.gz", 9, 2), RegionIndex::tbi); }).line,
              AllOf(HasSubstr("line 6 of '"), HasSubstr("position 3 comes after 10 on 'chr1'; sort the file")));
  EXPECT_THAT(thrown_by([&] { index_of(written("x.bcf", 9, 2), RegionIndex::csi); }).line,
              AllOf(HasSubstr("record 2 of '"), HasSubstr("position 3 comes after 10")));
  EXPECT_THAT(
      thrown_by([&] { hts::build_index(written("y.vcf.gz", 1, 2), vcf_lines, {.output_path = path("no/x")}); }).line,
      HasSubstr("cannot write"));
  EXPECT_EQ(thrown_by([&] { index_of("-", RegionIndex::tbi); }).code, ErrorCode::invalid_argument);
  VariantReader plain(written("x.vcf", 1, 2));
  EXPECT_THAT(thrown_by([&] { plain.query("chr1"); }).line, HasSubstr("not compressed by BGZF"));
}

TEST_F(VariantIndices, OfNoRecordsAreFine) {
  test::write_variants(path("x.vcf.gz"), VariantHeader("##contig=<ID=chr1>\n"), {});
  test::write_variants(path("x.bcf"), VariantHeader("##contig=<ID=chr1>\n"), {});
  for (const char* const name : {"x.vcf.gz", "x.bcf"}) {
    index_of(path(name), RegionIndex::automatic);
    VariantReader reader(path(name));
    reader.query("chr1:5-10");
    EXPECT_TRUE(test::read_lines(reader).empty());
  }
}

}  // namespace
}  // namespace anneal::io

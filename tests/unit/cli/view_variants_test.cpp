#include "cli/view_variants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "cli/index_formats.h"
#include "io/input.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/random_variants.h"
#include "unit/io/thrown.h"

namespace anneal::cli {
namespace {

namespace fs = std::filesystem;
using test::thrown_by;
using testing::ElementsAre;
using testing::HasSubstr;

class ViewVariants : public testing::Test {
 protected:
  ViewVariants() : random_(31, 3), records_(random_.records(300)) {
    for (const char* const name : {"x.vcf", "x.vcf.gz", "x.bcf"}) {
      test::write_variants(path(name), random_.header(), records_);
    }
  }
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  void view(const std::string& input, ViewVariantsArguments arguments, const std::string& output) const {
    arguments.output = path(output);
    view_variants(io::hts::InputFile(path(input)), arguments, {});
  }
  std::vector<std::string> lines(const std::string& name) const {
    io::VariantReader reader(path(name));
    return test::read_lines(reader);
  }
  template <typename Predicate>
  std::vector<std::string> chosen(Predicate predicate) const {
    std::vector<io::VariantRecord> records;
    std::ranges::copy_if(records_, std::back_inserter(records), predicate);
    return test::lines_of(records);
  }
  test::TemporaryFolder folder_;
  test::RandomVariants random_;
  std::vector<io::VariantRecord> records_;
};

TEST_F(ViewVariants, ConvertsBetweenAllFormats) {
  for (const char* const from : {"x.vcf", "x.vcf.gz", "x.bcf"}) {
    for (const char* const to : {"y.vcf", "y.vcf.gz", "y.bcf"}) {
      for (const int threads : {1, 2}) {
        view(from, {.threads = io::IoThreads(threads)}, to);
        EXPECT_EQ(lines(to), test::lines_of(records_)) << from << " to " << to;
      }
    }
  }
  view("x.vcf", {.format = io::VariantFormat::bcf}, "y.other");
  EXPECT_EQ(lines("y.other"), test::lines_of(records_));
}

TEST_F(ViewVariants, ChoosesByQualityAndFilter) {
  view("x.bcf", {.min_quality = 0.0f}, "y.vcf");
  EXPECT_EQ(lines("y.vcf"), chosen([](const auto& record) { return record.quality() && *record.quality() >= 0; }));
  view("x.bcf", {.filters = {"PASS"}}, "y.vcf");
  EXPECT_EQ(lines("y.vcf"), chosen([](const auto& record) { return record.has_filter("PASS"); }));
  view("x.bcf", {.filters = {".", "s50"}}, "y.vcf");
  EXPECT_EQ(lines("y.vcf"), chosen([](const auto& r) { return r.filters().empty() || r.has_filter("s50"); }));
  EXPECT_THAT(thrown_by([this] { view("x.bcf", {.filters = {"q99"}}, "y.vcf"); }).line, HasSubstr("no filter 'q99'"));
}

TEST_F(ViewVariants, ChoosesByRegion) {
  for (const char* const name : {"x.vcf.gz", "x.bcf"}) {
    index_file(path(name), {});
    view(name, {.regions = {"HLA-A*01:01:1-5000", "chr1:1,000-2,000"}}, "y.vcf");
    EXPECT_EQ(lines("y.vcf"), chosen([](const auto& record) {
                if (record.contig() == "chr1") return record.position() < 2000 && record.end() > 999;
                return record.contig() == "HLA-A*01:01" && record.position() < 5000;
              }));
  }
  EXPECT_THAT(thrown_by([this] { view("x.vcf", {.regions = {"chr1"}}, "y.vcf"); }).line, HasSubstr("BGZF"));
}

TEST_F(ViewVariants, ChoosesSamples) {
  view("x.vcf", {.samples = std::vector<std::string>{"sample 2"}}, "y.bcf");
  io::VariantReader reader(path("y.bcf"));
  EXPECT_THAT(reader.header().samples(), ElementsAre("sample 2"));
  view("x.vcf", {.samples = std::vector<std::string>()}, "z.bcf");
  EXPECT_EQ(lines("z.bcf").size(), records_.size());
}

TEST_F(ViewVariants, WritesAPart) {
  const auto text = [this](ViewPart part) {
    view("x.bcf", {.part = part}, "y.vcf");
    return io::read_input(path("y.vcf"));
  };
  std::string records;
  for (const std::string& line : test::lines_of(records_)) records += line + "\n";
  EXPECT_EQ(text(ViewPart::header), random_.header().text());
  EXPECT_EQ(text(ViewPart::records), records);
  EXPECT_EQ(text(ViewPart::everything), random_.header().text() + records);
  EXPECT_EQ(text(ViewPart::count), "300\n");
  view("x.vcf", {.level = 0}, "large.bcf");
  view("x.vcf", {.level = 9}, "small.bcf");
  EXPECT_GT(fs::file_size(path("large.bcf")), 2 * fs::file_size(path("small.bcf")));
  EXPECT_EQ(lines("large.bcf"), lines("small.bcf"));
  EXPECT_THAT(thrown_by([this] { view("x.vcf", {.level = 10}, "y.bcf"); }).line, HasSubstr("compression level 10"));
}

TEST_F(ViewVariants, LeavesNoFileWhereItFails) {
  folder_.write("bad.vcf",
                "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\nchr1\tx\t.\tA\t.\t.\t.\t.\n");
  EXPECT_THAT(thrown_by([this] { view("bad.vcf", {}, "y.vcf"); }).line, HasSubstr("chr1:x"));
  std::stop_source stop;
  stop.request_stop();
  const auto stopped =
      thrown_by([&] { view_variants(io::hts::InputFile(path("x.vcf")), {.output = path("y.vcf")}, stop.get_token()); });
  EXPECT_EQ(stopped.code, ErrorCode::cancelled);
  EXPECT_FALSE(fs::exists(path("y.vcf")));
}

}  // namespace
}  // namespace anneal::cli

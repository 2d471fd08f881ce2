#include "cli/view_intervals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "cli/index_formats.h"
#include "io/hts/text_output.h"
#include "io/input.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/fed_pipe.h"
#include "unit/io/thrown.h"

namespace anneal::cli {
namespace {

namespace fs = std::filesystem;
using test::thrown_by;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view bed =
    "track name=x\n# comment\nchr1\t5\t9\tanything goes\nchr1\t7\t20\n# more\nchr2\t0\t4\n";
constexpr std::string_view gff =
    "##gff-version "
    "3\nchr1\ts\tgene\t6\t9\t.\t+\t.\tID=a\n###\nchr1\ts\tgene\t8\t20\t.\t+\t.\tID=b\n##FASTA\n>chr1\nACGT\n";
constexpr std::string_view paf =
    "q\t9\t0\t9\t+\tchr1\t100\t5\t14\t8\t9\t60\ttp:A:P\nq\t9\t0\t9\t-\tchr1\t100\t50\t59\t8\t9\t60\n";

class ViewIntervals : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string view(const std::string& input, std::vector<std::string> regions = {}, const char* output = "out") const {
    view_intervals(io::detect_format(io::open_input(input)),
                   {.path = input, .regions = std::move(regions), .output = path(output)}, {});
    return io::read_input(path(output));
  }
  test::TemporaryFolder folder_;
};

TEST_F(ViewIntervals, PassesLinesOn) {
  for (const std::string_view text : {bed, gff, paf}) {
    folder_.write("x", text);
    EXPECT_EQ(view(path("x")), text);
    EXPECT_EQ(view(path("x"), {}, "out.gz"), text);
    EXPECT_EQ(view(path("out.gz")), text);
    const test::FedPipe pipe(text);
    EXPECT_EQ(view(pipe.path()), text);
  }
}

TEST_F(ViewIntervals, FindsRegions) {
  const auto indexed = [this](std::string_view text) {
    folder_.write("x", text);
    view(path("x"), {}, "x.gz");
    index_file(path("x.gz"), {});
    return path("x.gz");
  };
  EXPECT_EQ(view(indexed(bed), {"chr1:12-15", "chr2"}), "track name=x\n# comment\nchr1\t7\t20\nchr2\t0\t4\n");
  EXPECT_EQ(view(indexed(gff), {"chr1:10-11"}), "##gff-version 3\nchr1\ts\tgene\t8\t20\t.\t+\t.\tID=b\n");
  EXPECT_EQ(view(indexed(paf), {"chr1:1-10"}), paf.substr(0, paf.find('\n') + 1));
  EXPECT_THAT(thrown_by([&] { view(indexed(bed), {"chr3"}); }).line, HasSubstr("nothing on the contig 'chr3'"));
  EXPECT_THAT(thrown_by([&] { view(path("x"), {"chr1"}); }).line, HasSubstr("BGZF"));
}

TEST_F(ViewIntervals, WritesAPart) {
  folder_.write("x", bed);
  const auto text = [this](ViewPart part) {
    view_intervals(io::detect_format(io::open_input(path("x"))),
                   {.path = path("x"), .output = path("out"), .part = part}, {});
    return io::read_input(path("out"));
  };
  EXPECT_EQ(text(ViewPart::header), "track name=x\n# comment\n");
  EXPECT_EQ(text(ViewPart::records), "chr1\t5\t9\tanything goes\nchr1\t7\t20\nchr2\t0\t4\n");
  EXPECT_EQ(text(ViewPart::count), "3\n");
}

TEST_F(ViewIntervals, RefusesWhatItDoesNotKnow) {
  folder_.write("x", "chr1\t5\t9\nchr1\tx\t9\n");
  EXPECT_THAT(thrown_by([this] { view(path("x")); }).line, HasSubstr("line 2 of '" + path("x") + "', column 2"));
  folder_.write("x", "something else\n");
  EXPECT_THAT(thrown_by([this] { view(path("x")); }).line, HasSubstr("of no format that view knows"));
  EXPECT_FALSE(fs::exists(path("out")));
}

TEST(IndexFormats, AreToldByContent) {
  const test::TemporaryFolder folder;
  const auto index = [&](const std::string& name, std::string_view text) {
    io::hts::TextOutput output((folder.path() / name).string());
    output.write(text);
    output.commit();
    std::vector<std::string> names;
    for (const std::string& path : index_file((folder.path() / name).string(), {})) {
      EXPECT_TRUE(fs::exists(path));
      names.push_back(fs::path(path).filename());
    }
    return names;
  };
  EXPECT_THAT(index("a.gz", bed), ElementsAre("a.gz.tbi"));
  EXPECT_THAT(index("b.gz", gff), ElementsAre("b.gz.tbi"));
  EXPECT_THAT(index("c.gz", paf), ElementsAre("c.gz.tbi"));
  EXPECT_THAT(index("d.gz", ">a\nACGT\n"), ElementsAre("d.gz.fai", "d.gz.gzi"));
  EXPECT_THAT(index("d", ">a\nACGT\n"), ElementsAre("d.fai"));
  EXPECT_THAT(index("e", "@a\nACGT\n+\n@@@@\n"), ElementsAre("e.fai"));
  EXPECT_THAT(index("f.gz",
                    "##fileformat=VCFv4.2\n##contig=<ID=c>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n"
                    "c\t1\t.\tA\t.\t.\t.\t.\n"),
              ElementsAre("f.gz.csi"));
  EXPECT_THAT(thrown_by([&] { index("g.gz", "something else\n"); }).line, HasSubstr("of another format"));
  EXPECT_THAT(thrown_by([&] { index("g.gz", "@HD\tVN:1.6\n"); }).line, HasSubstr("of another format"));
  EXPECT_THAT(thrown_by([&] { index("g", ""); }).line, HasSubstr("is empty"));
  EXPECT_THAT(thrown_by([&] { index("g", bed); }).line, HasSubstr("compress it with bgzip"));
  EXPECT_THAT(thrown_by([] { index_file("-", {}); }).line, HasSubstr("standard input"));
  EXPECT_EQ(thrown_by([&] { index_file((folder.path() / "absent").string(), {}); }).code, ErrorCode::invalid_input);
  const std::string fasta = (folder.path() / "d").string();
  EXPECT_THAT(thrown_by([&] { index_file(fasta, {.kind = io::hts::RegionIndex::csi}); }).line, HasSubstr("FAI"));
}

}  // namespace
}  // namespace anneal::cli

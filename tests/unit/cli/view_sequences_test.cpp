#include "cli/view_sequences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "io/hts/sequence_index.h"
#include "io/input.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/fed_pipe.h"
#include "unit/io/thrown.h"

namespace anneal::cli {
namespace {

namespace fs = std::filesystem;
using test::thrown_by;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view fasta = ">a first\nACG\nTAC\nG\n>b\nTT\n";
constexpr std::string_view fastq = "@a first\nACGT\n+\nIJKL\n@b\nT\n+\n!\n";

class ViewSequences : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string view(ViewSequencesArguments arguments, const std::string& output = "out") const {
    if (arguments.path.empty()) arguments.path = path("x");
    arguments.output = path(output);
    view_sequences(io::open_input(arguments.path), arguments, {});
    return io::read_input(path(output));
  }
  std::string refusal(const ViewSequencesArguments& arguments, const std::string& output = "absent") const {
    const std::string line = thrown_by([&] { view(arguments, output); }).line;
    EXPECT_FALSE(fs::exists(path(output)));
    return line;
  }
  void write_indexed(std::string_view text) const {
    folder_.write("x", text);
    io::hts::build_sequence_index(path("x"));
  }
  test::TemporaryFolder folder_;
};

TEST_F(ViewSequences, WritesARecordOnALine) {
  folder_.write("x", fasta);
  EXPECT_EQ(view({}), ">a first\nACGTACG\n>b\nTT\n");
  EXPECT_EQ(view({}, "out.fa.gz"), ">a first\nACGTACG\n>b\nTT\n");
  EXPECT_EQ(view({.path = path("out.fa.gz")}, "out.zst"), ">a first\nACGTACG\n>b\nTT\n");
  EXPECT_EQ(view({.only_count = true}), "2\n");
  const test::FedPipe pipe(fastq);
  EXPECT_EQ(view({.path = pipe.path()}), fastq);
}

TEST_F(ViewSequences, LeavesOutQualities) {
  folder_.write("x", fastq);
  EXPECT_EQ(view({}), fastq);
  EXPECT_EQ(view({.format = "fasta"}), ">a first\nACGT\n>b\nT\n");
  EXPECT_EQ(view({}, "out.fa"), ">a first\nACGT\n>b\nT\n");
  folder_.write("x", fasta);
  EXPECT_THAT(refusal({.format = "fastq"}), HasSubstr("no qualities"));
  EXPECT_THAT(refusal({}, "absent.fq.gz"), HasSubstr("no qualities"));
}

TEST_F(ViewSequences, RefusesNamesOfOtherFormats) {
  folder_.write("x", fasta);
  EXPECT_THAT(refusal({}, "absent.bam"), AllOf(HasSubstr("names BAM"), HasSubstr("holds FASTA")));
  EXPECT_THAT(refusal({}, "absent.fa.bz2"), HasSubstr("compression by .bz2"));
  EXPECT_THAT(refusal({.format = "vcf"}), HasSubstr("none of fasta and fastq"));
  EXPECT_THAT(refusal({.level = 5}), HasSubstr("plain text"));
  EXPECT_THAT(refusal({.level = 0}, "absent.gz"), HasSubstr("1 to 9"));
}

TEST_F(ViewSequences, FindsRegionsInTheOrderInWhichTheyAreGiven) {
  write_indexed(fasta);
  EXPECT_EQ(view({.regions = {"b", "a:2-5", "{a}:7", "a:2-5"}}), ">b\nTT\n>a:2-5\nCGTA\n>{a}:7\nG\n>a:2-5\nCGTA\n");
  folder_.write("regions", "a\t0\t1\nb\t1\t2\nb\t1\t1\n");
  EXPECT_EQ(view({.regions = {"b:1"}, .regions_file = path("regions")}), ">a:1-1\nA\n>b:2-2\nT\n>b:1\nTT\n");
  EXPECT_EQ(view({.regions = {"b:1"}, .regions_file = path("regions"), .only_count = true}), "3\n");
  EXPECT_THAT(refusal({.regions = {"a", "a:7-8"}}), AllOf(HasSubstr("'a:7-8' is outside"), HasSubstr("7 letters")));
  EXPECT_THAT(refusal({.regions = {"a", "c"}}), HasSubstr("no sequence 'c'"));
}

TEST_F(ViewSequences, FindsRegionsOfFastq) {
  write_indexed(fastq);
  EXPECT_EQ(view({.regions = {"a:2-3", "b"}}), "@a:2-3\nCG\n+\nJK\n@b\nT\n+\n!\n");
  EXPECT_EQ(view({.regions = {"a:2-3", "b"}, .format = "fasta"}), ">a:2-3\nCG\n>b\nT\n");
}

TEST_F(ViewSequences, StopsWhenAsked) {
  write_indexed(fasta);
  std::stop_source stop;
  stop.request_stop();
  for (const std::vector<std::string>& regions : {std::vector<std::string>(), std::vector<std::string>{"a"}}) {
    const ViewSequencesArguments arguments{.path = path("x"), .regions = regions, .output = path("absent")};
    const auto run = [&] { view_sequences(io::open_input(path("x")), arguments, stop.get_token()); };
    EXPECT_EQ(thrown_by(run).code, ErrorCode::cancelled);
    EXPECT_FALSE(fs::exists(path("absent")));
  }
}

}  // namespace
}  // namespace anneal::cli

#include "cli/named_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "cli/index_kind.h"
#include "unit/io/thrown.h"

namespace anneal::cli {
namespace {

using test::thrown_by;

TEST(NamedFormat, IsTheEndOfTheName) {
  struct Case {
    std::string_view path, format, compression;
  };
  constexpr auto cases = std::to_array<Case>({{"x.bam", "BAM", ""},
                                              {"a/b.bed/x.gff3.gz", "GFF3", "gz"},
                                              {"x.gtf.zst", "GTF", "zst"},
                                              {"x.vcf.bgz", "VCF", "bgz"},
                                              {"x.fna", "FASTA", ""},
                                              {".fq", "FASTQ", ""},
                                              {"x.gz", "", "gz"},
                                              {"x.bam.txt", "", ""},
                                              {"x.bam/y", "", ""},
                                              {"bam", "", ""},
                                              {"gz", "", ""},
                                              {"/dev/stdout", "", ""},
                                              {"-", "", ""},
                                              {"", "", ""}});
  for (const auto& [path, format, compression] : cases) {
    EXPECT_EQ(format_in_name(path).format, format) << path;
    EXPECT_EQ(format_in_name(path).compression, compression) << path;
  }
}

TEST(NamedFormat, HasToBeWhatIsWritten) {
  const auto output = [](std::string_view path) {
    return NamedOutput{.option = "-O", .path = path, .input = "'g'", .format = "GFF"};
  };
  for (const char* const path : {"x.gff", "x.gff3.gz", "x.gtf", "x", "x.txt"}) require_format_in_name(output(path));
  EXPECT_EQ(thrown_by([&] { require_format_in_name(output("x.bcf")); }).line,
            "-O 'x.bcf' names BCF, and 'g' holds GFF: end it with .gff or .gff.gz");
  EXPECT_TRUE(require_bgzf_in_name(output("x.gz")) && require_bgzf_in_name(output("x.gff.bgz")));
  EXPECT_FALSE(require_bgzf_in_name(output("x.gff")));
  EXPECT_EQ(thrown_by([&] { require_bgzf_in_name(output("x.gff.zst")); }).line,
            "-O 'x.gff.zst' asks for compression by .zst, where BGZF is written: end it with .gff or .gff.gz");
  require_sink_in_name(output("x.gff.zst"));
  EXPECT_EQ(thrown_by([&] { require_sink_in_name(output("x.zstd")); }).code, ErrorCode::invalid_argument);
}

TEST(IndexKind, IsThatOfTheOptionAndTheName) {
  constexpr std::string_view possible[] = {"csi", "bai"};
  const auto kind = [&](std::string_view option, const std::string& output) {
    return index_kind(option, output, "x.bam", possible);
  };
  EXPECT_EQ(kind("", ""), "");
  EXPECT_EQ(kind("", "x"), "");
  EXPECT_EQ(kind("", "x.bai"), "bai");
  EXPECT_EQ(kind("csi", "x"), "csi");
  EXPECT_EQ(kind("csi", "x.csi"), "csi");
  EXPECT_EQ(thrown_by([&] { kind("", "x.crai"); }).line,
            "-o 'x.crai' names CRAI, and the index of 'x.bam' is CSI or BAI: end it with .csi or .bai");
  EXPECT_EQ(thrown_by([&] { kind("", "y.bam"); }).line,
            "-o 'y.bam' names BAM, and the index of 'x.bam' is CSI or BAI: end it with .csi or .bai");
  EXPECT_EQ(thrown_by([&] { kind("csi", "x.bai"); }).line,
            "-o 'x.bai' names BAI, and --csi asks for CSI: end the name with .csi, or leave the option out");
}

}  // namespace
}  // namespace anneal::cli

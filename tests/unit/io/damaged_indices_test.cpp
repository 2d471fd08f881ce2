// Indices with contents that no program writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/alignments.h"
#include "io/hts/fai.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::AllOf;
using testing::HasSubstr;

class DamagedIndices : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  std::string contents(const std::string& name) const {
    std::ifstream file(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void write_alignments(const std::string& name, AlignmentFormat format) const {
    folder_.write("x.sam",
                  "@HD\tVN:1.6\tSO:coordinate\n@SQ\tSN:chr1\tLN:1000\n"
                  "placed\t0\tchr1\t1\t60\t4M\t*\t0\t0\tACGT\tIIII\nunplaced\t4\t*\t0\t0\t*\t*\t0\t0\tACGT\tIIII\n");
    AlignmentReader reader(path("x.sam"));
    AlignmentWriter writer(path(name), reader.header(), {.format = format});
    for (const AlignmentRecord& record : reader) writer.write(record);
    writer.commit();
  }
  std::vector<std::string> names(const std::string& name, std::string_view region) const {
    AlignmentReader reader(path(name));
    reader.query(region);
    std::vector<std::string> names;
    for (const AlignmentRecord& record : reader) names.emplace_back(record.name());
    return names;
  }
  std::string refusal(const std::string& name, std::string_view region) const {
    const test::Thrown error = thrown_by([&] { names(name, region); });
    EXPECT_EQ(error.code, ErrorCode::invalid_input);
    return error.line;
  }

  test::TemporaryFolder folder_;
};

TEST_F(DamagedIndices, LeadToNoRecordWithAPositionAsOneWithoutOne) {
  write_alignments("x.bam", AlignmentFormat::bam);
  index_alignments(path("x.bam"), {.format = AlignmentIndexFormat::bai});
  EXPECT_THAT(names("x.bam", "*"), testing::ElementsAre("unplaced"));
  // The bin of statistics has two pairs of numbers, of which the first is where the sequence's records begin and end.
  const std::string_view head("\x4a\x92\0\0\2\0\0\0", 8);
  std::string index = contents("x.bam.bai");
  const std::size_t begin = index.find(head) + head.size();
  index.replace(begin + 8, 8, index, begin, 8);
  folder_.write("x.bam.bai", index);
  EXPECT_THAT(refusal("x.bam", "*"), AllOf(HasSubstr("leads to 'placed'"), HasSubstr("anneal index")));
}

TEST_F(DamagedIndices, HaveNoBinsThatTheirDepthLacks) {
  write_alignments("x.bam", AlignmentFormat::bam);
  const std::string head("CSI\1\x0e\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1\0\0\0", 24), no_chunks(12, '\0');
  folder_.write("x.bam.csi", head + std::string("\3\0\0\0", 4) + no_chunks);
  EXPECT_THAT(refusal("x.bam", "chr1:2-3"), HasSubstr("not those of its depth"));
  folder_.write("x.bam.csi", head + std::string("\2\0\0\0", 4) + no_chunks);
  EXPECT_THAT(refusal("x.bam", "chr1:2-3"), HasSubstr("statistics and no records"));
}

TEST_F(DamagedIndices, OfCramHaveNoNumbersOfWhichSumsAreNone) {
  write_alignments("x.cram", AlignmentFormat::cram);
  const std::string largest = "9223372036854775807", least = "-9223372036854775808";
  for (const std::string& line :
       {"0\t" + least + "\t4\t0\t0\t0", "0\t5\t" + largest + "\t0\t0\t0", "0\t1\t4\t0\t" + largest + "\t" + largest}) {
    folder_.write("x.cram.crai", line + "\n");
    EXPECT_THAT(refusal("x.cram", "chr1"), HasSubstr("not those of a CRAI")) << line;
  }
}

TEST_F(DamagedIndices, OfSequencesEndWhereAFileCanEnd) {
  const auto refused = [this](const std::string& line) {
    folder_.write("x.fai", line);
    return thrown_by([this] { hts::read_fai(path("x.fai")); }).line;
  };
  EXPECT_THAT(refused("a\t9223372036854775807\t0\t1\t4294967296\n"), HasSubstr("column 2: no file is so long"));
  EXPECT_THAT(refused("a\t5\t9223372036854775807\t5\t6\n"), HasSubstr("column 2: no file is so long"));
  EXPECT_THAT(refused("a\t5\t0\t5\t6\t9223372036854775807\n"), HasSubstr("column 2: no file is so long"));
}

}  // namespace
}  // namespace anneal::io

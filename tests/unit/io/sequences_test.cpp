#include "anneal/io/sequences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "unit/base/temporary_folder.h"
#include "unit/io/compress.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::TemporaryFolder;
using test::thrown_by;
using testing::HasSubstr;

struct Read {
  std::string name, comment, sequence, quality;

  SequenceRecord view() const { return {name, comment, sequence, quality}; }
  friend bool operator==(const Read&, const Read&) = default;
};

Read copy(const SequenceRecord& record) {
  return {std::string(record.name), std::string(record.comment), std::string(record.sequence),
          std::string(record.quality)};
}

std::vector<Read> random_reads(std::size_t count, bool with_quality) {
  std::vector<Read> reads;
  std::uint32_t state = 7;
  const auto random = [&state] { return (state = state * 1664525u + 1013904223u) >> 16; };
  for (std::size_t i = 0; i < count; ++i) {
    Read read{"read" + std::to_string(i), i % 3 == 0 ? "a comment" : "", {}, {}};
    for (std::size_t length = 1 + random() % 200; length-- > 0;) {
      read.sequence += "ACGTN"[random() % 5];
      if (with_quality) read.quality += static_cast<char>('!' + random() % 94);
    }
    reads.push_back(read);
  }
  return reads;
}

void write(const std::string& path, const std::vector<Read>& reads, const SequenceWriterOptions& options) {
  SequenceWriter writer(path, options);
  for (const Read& read : reads) writer.write(read.view());
  writer.commit();
}

std::vector<Read> read_all(SequenceFile file) {
  std::vector<Read> reads;
  for (const SequenceRecord& record : file) reads.push_back(copy(record));
  EXPECT_EQ(file.records_read(), reads.size());
  return reads;
}

TEST(Sequences, ReadBackWhatWasWritten) {
  const TemporaryFolder folder;
  for (const bool is_fastq : {false, true}) {
    const std::vector<Read> reads = random_reads(5000, is_fastq);
    for (const char* const name : {"x", "x.gz", "x.bgz", "x.zst"}) {
      const std::string path = folder.path() / name;
      for (const std::size_t width : {0u, 1u, 60u}) {
        write(path, reads,
              {.format = is_fastq ? SequenceFormat::fastq : SequenceFormat::fasta,
               .line_width = width,
               .threads = IoThreads(2)});
        EXPECT_EQ(SequenceFile(path).format(), is_fastq ? SequenceFormat::fastq : SequenceFormat::fasta);
        EXPECT_TRUE(read_all(SequenceFile(path, {.threads = IoThreads(2)})) == reads) << path;
      }
    }
  }
}

TEST(Sequences, ComeOneByOneAndInBatches) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "x.fq";
  const std::vector<Read> expected = random_reads(5000, true);
  write(path, expected, {});
  SequenceFile file(path);
  std::vector<Read> reads;
  SequenceRecord record;
  SequenceBatch batch;
  bool more = true;
  while (more) {
    for (int i = 0; i < 10 && more; ++i) {
      more = file.read(record);
      if (more) reads.push_back(copy(record));
    }
    more = more && file.read(batch, 700);
    if (!more) break;
    EXPECT_LE(batch.size(), 700u);
    for (const SequenceRecord& each : batch) reads.push_back(copy(each));
    EXPECT_EQ(file.records_read(), reads.size());
  }
  EXPECT_TRUE(reads == expected);
}

TEST(Sequences, InLinesOfTheWidth) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "x.fa";
  write(path, {{"a", "b c", "ACGTACG", ""}, {"empty", "", "", ""}}, {.format = SequenceFormat::fasta, .line_width = 3});
  std::ifstream stream(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), ">a b c\nACG\nTAC\nG\n>empty\n");
}

TEST(Sequences, InPairs) {
  const TemporaryFolder folder;
  const std::string one = folder.path() / "1.fq", two = folder.path() / "2.fq", both = folder.path() / "12.fq.gz";
  const std::vector<Read> reads = random_reads(3000, true);
  SequenceWriter writers[] = {SequenceWriter(one), SequenceWriter(two), SequenceWriter(both)};
  for (const Read& read : reads) {
    Read mates[] = {read, read};
    for (int k : {0, 1}) {
      mates[k].name += k == 0 ? "/1" : "/2";
      writers[k].write(mates[k].view());
      writers[2].write(mates[k].view());
    }
  }
  for (SequenceWriter& writer : writers) writer.commit();
  PairedSequences sources[] = {PairedSequences(one, two), PairedSequences(both)};
  for (PairedSequences& source : sources) {
    SequencePair pair;
    for (std::size_t i = 0; i < reads.size(); ++i) {
      ASSERT_TRUE(source.read(pair));
      EXPECT_EQ(source.pairs_read(), i + 1);
      EXPECT_EQ(pair.first.name, reads[i].name + "/1");
      EXPECT_EQ(pair.second.name, reads[i].name + "/2");
      EXPECT_EQ(pair.second.quality, reads[i].quality);
    }
    EXPECT_FALSE(source.read(pair));
    EXPECT_EQ(source.format(), SequenceFormat::fastq);
  }
  EXPECT_THAT(thrown_by([&] {
                PairedSequences uneven(one, both);
                for (SequencePair pair; uneven.read(pair);) {
                }
              }).line,
              HasSubstr("are no mates"));
}

TEST(Sequences, RefuseWhatCannotBe) {
  const TemporaryFolder folder;
  const std::string path = folder.path() / "x.fq";
  EXPECT_THAT(thrown_by([&] { SequenceFile(path, {.threads = IoThreads(0)}); }).line, HasSubstr("0 threads"));
  EXPECT_EQ(thrown_by([&] { SequenceFile missing(path); }).code, ErrorCode::io);
  EXPECT_THAT(thrown_by([&] { SequenceWriter(path, {.compression_level = 10}); }).line, HasSubstr("1..9"));
  EXPECT_THAT(thrown_by([&] { SequenceWriter(path, {.format = SequenceFormat::empty}); }).line, HasSubstr("fasta or"));
  SequenceWriter writer(path);
  EXPECT_THAT(thrown_by([&] { writer.write({"a", "", "ACGT", "III"}); }).line,
              HasSubstr("record 'a' has 3 quality values for 4 letters"));
  EXPECT_EQ(thrown_by([&] {
              SequenceWriter full("/dev/full");
              full.write({"a", "", "ACGT", "IIII"});
              full.commit();
            }).code,
            ErrorCode::io);
}

}  // namespace
}  // namespace anneal::io

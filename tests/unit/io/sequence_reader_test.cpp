#include "io/sequence_reader.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "io/input.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/compress.h"

namespace anneal::io {
namespace {

constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

SequenceReader memory_reader(std::string_view text, std::size_t block_size = LineReader::default_block) {
  return SequenceReader(open_memory("'x'", text), block_size);
}

// One line per record: name|comment|sequence|quality.
std::string read_all(SequenceReader& reader) {
  RecordBatch batch;
  reader.read(batch, unlimited, unlimited);
  EXPECT_EQ(reader.records_read(), batch.size());
  std::string text;
  for (const Record& record : batch.records()) {
    text.append(record.name).append("|").append(record.comment).append("|");
    text.append(record.sequence).append("|").append(record.quality).append("\n");
  }
  return text;
}

// Whatever the block size is, the records must be the same.
std::string read_text(std::string_view text) {
  auto reader = memory_reader(text);
  const std::string whole = read_all(reader);
  for (const std::size_t block_size : {1u, 2u, 3u, 7u, 16u, 64u}) {
    auto pieces = memory_reader(text, block_size);
    EXPECT_EQ(read_all(pieces), whole) << "blocks of " << block_size;
  }
  return whole;
}

TEST(SequenceReader, ReadsFasta) {
  EXPECT_EQ(read_text(">a first one\nACGT\nacgt\n>b\nNN*\n"), "a|first one|ACGTacgt|\nb||NN*|\n");
}

TEST(SequenceReader, ReadsFastq) {
  EXPECT_EQ(read_text("@a x\nACGT\n+\nIIII\n@b\nAC\n+b\n@+\n"), "a|x|ACGT|IIII\nb||AC|@+\n");
}

TEST(SequenceReader, ReadsFastqOverSeveralLines) {
  EXPECT_EQ(read_text("@a\nACG\nT\n+\n@@\n+I\n@b\nA\n+\n!\n"), "a||ACGT|@@+I\nb||A|!\n");
}

TEST(SequenceReader, AcceptsCarriageReturns) {
  EXPECT_EQ(read_text(">a x\r\nAC\r\n\r\nGT\r\n>b\r\n\r\n>c\r\nA\r"), "a|x|ACGT|\nb|||\nc||A|\n");
  EXPECT_EQ(read_text("@a\r\nAC\r\n+\r\nII\r\n@b\r\n\r\n+\r\n\r\n"), "a||AC|II\nb|||\n");
}

TEST(SequenceReader, AcceptsAMissingLastNewline) {
  EXPECT_EQ(read_text(">a\nAC"), "a||AC|\n");
  EXPECT_EQ(read_text("@a\nAC\n+\nII"), "a||AC|II\n");
  EXPECT_EQ(read_text(">a"), "a|||\n");
  EXPECT_EQ(read_text(">"), "|||\n");
}

TEST(SequenceReader, AcceptsBlankLines) {
  EXPECT_EQ(read_text("\n\n>a\n\nAC\n\nGT\n\n\n>b\nA\n\n"), "a||ACGT|\nb||A|\n");
  EXPECT_EQ(read_text("\n@a\nA\n+\nI\n\n\n@b\nC\n+\nI\n\n"), "a||A|I\nb||C|I\n");
  EXPECT_EQ(read_text(" \t\n>a\nA\n"), "a||A|\n");
}

TEST(SequenceReader, AcceptsEmptyRecords) {
  EXPECT_EQ(read_text(">a\n>b\n\n>c\nA\n"), "a|||\nb|||\nc||A|\n");
  EXPECT_EQ(read_text("@a\n\n+\n\n@b\n+\n@c\nA\n+\nI\n@d\n+"), "a|||\nb|||\nc||A|I\nd|||\n");
}

TEST(SequenceReader, SplitsHeaders) {
  EXPECT_EQ(read_text(">\nA\n> \nA\n> b\nA\n>c\td  e \nA\n"), "||A|\n||A|\nb||A|\nc|d  e |A|\n");
}

TEST(SequenceReader, AcceptsDuplicateNames) { EXPECT_EQ(read_text(">a\nA\n>a\nC\n"), "a||A|\na||C|\n"); }

TEST(SequenceReader, AcceptsAByteOrderMark) {
  auto reader = memory_reader("\xef\xbb\xbf>a\nA\n");
  EXPECT_EQ(read_all(reader), "a||A|\n");
}

TEST(SequenceReader, TellsTheFormat) {
  EXPECT_EQ(memory_reader(">a\n").format(), SequenceFormat::fasta);
  EXPECT_EQ(memory_reader("@a\n").format(), SequenceFormat::fastq);
  for (const std::string_view nothing : {"", "\n", " \r\n\t\n"}) {
    auto reader = memory_reader(nothing);
    EXPECT_EQ(reader.format(), SequenceFormat::empty);
    EXPECT_EQ(read_all(reader), "");
  }
}

TEST(SequenceReader, ReadsCompressedFiles) {
  const std::string text = ">a\nACGT\n";
  const test::TemporaryFolder folder;
  folder.write("gz", test::gzip(text));
  folder.write("bgz", test::bgzf_block(text) + test::bgzf_block(""));
  folder.write("zst", test::zstd(text));
  for (const char* const file : {"gz", "bgz", "zst"}) {
    const std::string path = folder.path() / file;
    SequenceReader reader(path);
    EXPECT_EQ(read_all(reader), "a||ACGT|\n");
    EXPECT_EQ(reader.path(), "'" + path + "'");
  }
}

TEST(SequenceReader, StopsAtTheRecordLimit) {
  auto reader = memory_reader(">a\nA\n>b\nC\n>c\nG\n");
  RecordBatch batch;
  EXPECT_TRUE(reader.read(batch, 2, unlimited));
  EXPECT_EQ(batch.size(), 2u);
  EXPECT_EQ(reader.records_read(), 2u);
  EXPECT_TRUE(reader.read(batch, 2, unlimited));
  EXPECT_EQ(batch.size(), 3u);
  EXPECT_EQ(batch[0].sequence, "A");
  EXPECT_EQ(batch.sequences()[2], "G");
  EXPECT_FALSE(reader.read(batch, 10, unlimited));
}

TEST(SequenceReader, StopsAtTheByteLimit) {
  const std::string longer(100, 'A');
  const std::string text = ">a\nACGT\n>b\nACGT\n>c\nACGT\n>d\n" + longer + "\n>e\nA\n";
  auto reader = memory_reader(text);
  std::vector<std::size_t> sizes;
  RecordBatch batch;
  constexpr std::size_t two_short_records = 2 * (RecordBatch::bytes_per_record + 5);
  while (reader.read(batch, unlimited, two_short_records)) {
    sizes.push_back(batch.size());
    if (batch.size() > 1) {
      EXPECT_LE(batch.bytes(), two_short_records);
    }
    if (batch[0].name == "d") {
      EXPECT_EQ(batch[0].sequence, longer);
    }
    batch.clear();
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1, 1, 1}));
  EXPECT_EQ(reader.records_read(), 5u);
}

TEST(SequenceReader, LimitsCountWhatOneCallAppends) {
  const std::string longer(1000, 'A');
  const std::string text = ">a\nA\n>b\n" + longer + "\n>c\nA\n";
  auto reader = memory_reader(text);
  RecordBatch batch;
  while (reader.read(batch, 1, 10)) {
  }
  EXPECT_EQ(batch.size(), 3u);
}

TEST(SequenceReader, KeepsEarlierViewsWhileItReadsOn) {
  std::string text;
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < 3000; ++i) {
    const std::size_t length = i % 700 == 0 ? 1500000 : i * 37 % 2000;
    expected.emplace_back(length, "ACGT"[i % 4]);
    text += fmt::format(">r{}\n{}\n", i, expected.back());
  }
  auto reader = memory_reader(text);
  RecordBatch batch;
  for (int round = 0; round < 2; ++round) {
    while (reader.read(batch, 11, unlimited)) {
    }
    ASSERT_EQ(batch.size(), round == 0 ? expected.size() : 0u);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      ASSERT_EQ(batch[i].sequence, expected[i]);
      ASSERT_EQ(batch[i].name, fmt::format("r{}", i));
      ASSERT_EQ(batch.sequences()[i].data(), batch[i].sequence.data());
    }
    batch.clear();
  }
}

TEST(SequenceReader, MovesBatchesWithTheirViews) {
  auto reader = memory_reader(">a\nACGT\n");
  RecordBatch first;
  reader.read(first, 1, unlimited);
  const RecordBatch second = std::move(first);
  EXPECT_EQ(second[0].sequence, "ACGT");
  EXPECT_EQ(second.sequences()[0], "ACGT");
}

}  // namespace
}  // namespace anneal::io

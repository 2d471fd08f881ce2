#include "io/quick_parser.h"

#include <gtest/gtest.h>

#include <string>

namespace anneal::io {
namespace {

TEST(QuickParser, TakesOrdinaryFastq) {
  const std::string_view first = "@a x y\nACGT\n+a\nII@I\n";
  const std::string text = std::string(first) + "@b\nA\n";
  Record record;
  EXPECT_EQ(parse_ordinary_fastq(text, record), first.size());
  EXPECT_EQ(record.name, "a");
  EXPECT_EQ(record.comment, "x y");
  EXPECT_EQ(record.sequence, "ACGT");
  EXPECT_EQ(record.quality, "II@I");
}

TEST(QuickParser, TakesCarriageReturns) {
  Record record;
  EXPECT_EQ(parse_ordinary_fastq("@a\r\nAC\r\n+\r\nII\r\n", record), 15u);
  EXPECT_EQ(record.name, "a");
  EXPECT_EQ(record.quality, "II");
}

TEST(QuickParser, TakesOrdinaryFasta) {
  Record record;
  record.quality = "left over";
  EXPECT_EQ(parse_ordinary_fasta(">a x\nACGT\n>b", record), 10u);
  EXPECT_EQ(record.comment, "x");
  EXPECT_EQ(record.sequence, "ACGT");
  EXPECT_EQ(record.quality, "");
}

TEST(QuickParser, LeavesTheRestToTheCarefulParser) {
  Record record;
  for (const std::string_view text :
       {"", "\n@a\nA\n+\nI\n", "@a\nAC\nGT\n+\nIIII\n", "@a\n\n+\n\n", "@a\n+\n\n", "@a\nAC\n+\nI\nI\n",
        "@a\nAC\n+\nIII\n", "@a\nAC\n+\nI \n", "@a\nA-\n+\nII\n", "@a\x01\nAC\n+\nII\n", ">a\nA\n+\nI\n"}) {
    EXPECT_EQ(parse_ordinary_fastq(text, record), 0u) << text;
  }
  for (const std::string_view text :
       {"", "\n>a\nA\n>", ">a\nA\nC\n>", ">a\nA\n\n>", ">a\n>", ">a\nA-\n>", ">a\x7f\nA\n>", "@a\nA\n>", ">a\nA\n"}) {
    EXPECT_EQ(parse_ordinary_fasta(text, record), 0u) << text;
  }
}

TEST(QuickParser, LeavesEveryRecordThatIsCutOff) {
  const std::string_view text = "@a\r\nACGT\r\n+\r\nIIII\r\n";
  Record record;
  ASSERT_EQ(parse_ordinary_fastq(text, record), text.size());
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_EQ(parse_ordinary_fastq(text.substr(0, size), record), 0u);
}

}  // namespace
}  // namespace anneal::io

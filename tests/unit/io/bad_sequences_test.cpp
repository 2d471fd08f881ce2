// Malformed FASTA and FASTQ: the error must name the record, the place and the fix.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "io/input.h"
#include "io/sequence_reader.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using std::string_view_literals::operator""sv;

struct Case {
  std::string_view name;
  std::string_view text;
  std::string_view message;
};

class BadSequences : public testing::TestWithParam<Case> {};

TEST_P(BadSequences, NamesWhatIsWrong) {
  for (const std::size_t block_size : {std::size_t{1}, std::size_t{5}, LineReader::default_block}) {
    const auto error = test::thrown_by([&] {
      SequenceReader reader(open_memory("'x'", GetParam().text), block_size);
      RecordBatch batch;
      while (reader.read(batch, 1, 1)) batch.clear();
    });
    EXPECT_EQ(error.code, ErrorCode::invalid_input);
    EXPECT_EQ(error.line.substr(0, GetParam().message.size()), GetParam().message) << "blocks of " << block_size;
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, BadSequences,
    testing::Values(
        Case{"NeitherFormat", "ACGT\n", "'x' is neither FASTA nor FASTQ: it begins with byte 0x41 ('A')"},
        Case{"BinaryFile", "\0\1\2"sv, "'x' is neither FASTA nor FASTQ: it begins with byte 0x00"},
        Case{"Digit", ">a\nACGT\n>b c\nAC\nG1\n", "record 2 ('b') of 'x' has byte 0x31 ('1') at position 4;"},
        Case{"Gap", ">a\nA-C\n", "record 1 ('a') of 'x' has byte 0x2d ('-') at position 2;"},
        Case{"Blank", ">a\nAC GT\n", "record 1 ('a') of 'x' has byte 0x20 (' ') at position 3;"},
        Case{"Nul", ">a\nAC\0T\n"sv, "record 1 ('a') of 'x' has byte 0x00 at position 3;"},
        Case{"HighByte", ">a\nA\xc3\xa9\n", "record 1 ('a') of 'x' has byte 0xc3 at position 2;"},
        Case{"LoneCarriageReturn", ">a\nAC\rGT\n", "record 1 ('a') of 'x' has byte 0x0d at position 3;"},
        Case{"FastqInFasta", ">a\nAC\n@b\nAC\n", "record 1 ('a') of 'x' has byte 0x40 ('@') at position 3;"},
        Case{"NulInName", ">a\0b\nAC\n"sv, "record 1 ('a\\x00b') of 'x' has a NUL byte in its header"},
        Case{"NulInComment", ">a b\0\nAC\n"sv, "record 1 ('a') of 'x' has a NUL byte in its header"},
        Case{"ControlByteInName", ">a\x1b[1m\nAC\n", "record 1 ('a\\x1b[1m') of 'x' has byte 0x1b in its name"},
        Case{"ShortQuality", "@a\nACGT\n+\nIII\n@b\nA\n+\nI\n",
             "record 1 ('a') of 'x' has 3 quality values for 4 letters;"},
        Case{"LongQuality", "@a\nACGT\n+\nIIIII\n", "record 1 ('a') of 'x' has 5 quality values for 4 letters;"},
        Case{"EmptyQuality", "@a\nACGT\n+\n\n@b\n", "record 1 ('a') of 'x' has 0 quality values for 4 letters;"},
        Case{"NoQuality", "@a\nACGT\n+\n", "record 1 ('a') of 'x' has 0 quality values for 4 letters;"},
        Case{"CutAfterPlus", "@a\nACGT\n+", "record 1 ('a') of 'x' has 0 quality values for 4 letters;"},
        Case{"LongFoldedQuality", "@a\nAC\nGT\n+\nII\nIII\n",
             "record 1 ('a') of 'x' has 5 quality values for 4 letters;"},
        Case{"QualityOfNothing", "@a\n\n+\nI\n", "record 1 ('a') of 'x' has 1 quality values for 0 letters;"},
        Case{"BlankInQuality", "@a\nACGT\n+\nII I\n", "record 1 ('a') of 'x' has byte 0x20 (' ') at position 3 of"},
        Case{"CutInSequence", "@a\nA\n+\nI\n@b\nAC", "record 2 ('b') of 'x' ends before its '+' line;"},
        Case{"CutInName", "@a\nA\n+\nI\n@b", "record 2 ('b') of 'x' ends before its '+' line;"},
        Case{"MissingPlus", "@a\nACGT\nIIII\n@b\nAC\n+\nII\n", "record 1 ('a') of 'x' has byte 0x40 ('@')"},
        Case{"FastaInFastq", "@a\nA\n+\nI\n>b\nA\n", "record 2 of 'x' begins with byte 0x3e ('>') where '@'"},
        Case{"BadSecondRecord", "@a\nA\n+\nI\nb\nA\n", "record 2 of 'x' begins with byte 0x62 ('b') where '@'"}),
    [](const auto& bad) { return std::string(bad.param.name); });

}  // namespace
}  // namespace anneal::io

#include "io/mate_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "io/input.h"
#include "unit/io/thrown.h"

namespace anneal::io {
namespace {

using test::thrown_by;
using testing::HasSubstr;

constexpr std::size_t unlimited = static_cast<std::size_t>(-1);

std::unique_ptr<SequenceReader> reader(std::string name, std::string_view text) {
  return std::make_unique<SequenceReader>(open_memory(std::move(name), text));
}

MateReader two(std::string_view first, std::string_view second) {
  return MateReader(reader("'1'", first), reader("'2'", second));
}

// name+name of each pair; batches are of every size.
std::string names(MateReader mates, std::size_t max_pairs) {
  std::string text;
  MateBatch batch;
  std::uint64_t pairs = 0;
  while (mates.read(batch, max_pairs, unlimited)) {
    EXPECT_LE(batch.size(), max_pairs);
    EXPECT_EQ(batch.first.size(), batch.second.size());
    pairs += batch.size();
    EXPECT_EQ(mates.pairs_read(), pairs);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      text.append(batch.first[i].name).append("+").append(batch.second[i].name).append(";");
    }
  }
  return text;
}

std::string problem(MateReader mates, std::size_t max_pairs = unlimited) {
  return thrown_by([&] { names(std::move(mates), max_pairs); }).line;
}

TEST(MateReader, ReadsTwoFiles) {
  for (const std::size_t max_pairs : {std::size_t{1}, std::size_t{2}, unlimited}) {
    EXPECT_EQ(names(two(">a/1\nA\n>b 1:N\nC\n>c\nG\n", ">a/2\nA\n>b 2:N\nC\n>c\nG\n"), max_pairs), "a/1+a/2;b+b;c+c;");
  }
  EXPECT_EQ(names(two("", ""), 5), "");
}

TEST(MateReader, ReadsInterleavedFiles) {
  for (const std::size_t max_pairs : {std::size_t{1}, std::size_t{2}, unlimited}) {
    EXPECT_EQ(names(MateReader(reader("'x'", "@a/1\nA\n+\nI\n@a/2\nA\n+\nI\n@b\nA\n+\nI\n@b\nC\n+\nI\n")), max_pairs),
              "a/1+a/2;b+b;");
  }
}

TEST(MateReader, RefusesNamesThatDiffer) {
  for (const std::size_t max_pairs : {std::size_t{1}, unlimited}) {
    EXPECT_THAT(problem(two(">a\nA\n>b/1\nC\n", ">a\nA\n>c/2\nC\n"), max_pairs),
                HasSubstr("record 2 ('b/1') of '1' and record 2 ('c/2') of '2' are no mates"));
    EXPECT_THAT(problem(MateReader(reader("'x'", ">a\nA\n>a\nA\n>b\nA\n>c\nA\n")), max_pairs),
                HasSubstr("record 3 ('b') of 'x' and record 4 ('c') of 'x' are no mates"));
  }
  EXPECT_THAT(problem(two(">a/2\nA\n", ">a/1\nA\n")), HasSubstr("no mates"));
  EXPECT_THAT(problem(two(">a/1\nA\n", ">b/1\nA\n")), HasSubstr("no mates"));
}

TEST(MateReader, RefusesOneThatEndsEarly) {
  for (const std::size_t max_pairs : {std::size_t{1}, std::size_t{2}, unlimited}) {
    EXPECT_THAT(problem(two(">a\nA\n>b\nA\n>c\nA\n", ">a\nA\n>b\nA\n"), max_pairs),
                HasSubstr("record 3 ('c') of '1' has no mate: '2' ends after 2 records"));
    EXPECT_THAT(problem(two(">a\nA\n", ">a\nA\n>b\nA\n"), max_pairs),
                HasSubstr("record 2 ('b') of '2' has no mate: '1' ends after 1 record;"));
    EXPECT_THAT(problem(MateReader(reader("'x'", ">a\nA\n>a\nA\n>b\nA\n")), max_pairs),
                HasSubstr("record 3 ('b') of 'x' is the last one and has no mate"));
  }
  EXPECT_THAT(problem(two("", ">a\nA\n")), HasSubstr("record 1 ('a') of '2' has no mate"));
  // A record that was left out: the names tell where.
  EXPECT_THAT(problem(two(">a\nA\n>b\nA\n>c\nA\n", ">a\nA\n>c\nA\n")), HasSubstr("record 2 ('b')"));
}

TEST(MateReader, RefusesTwoFormats) {
  EXPECT_THAT(thrown_by([] { two("@a\nA\n+\nI\n", ">a\nA\n"); }).line, HasSubstr("'2' is FASTA and '1' is FASTQ"));
}

TEST(MateReader, KeepsToTheLimitOfBytes) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += ">r\n" + std::string(100, 'A') + "\n";
  MateReader mates = two(text, text);
  MateBatch batch;
  ASSERT_TRUE(mates.read(batch, unlimited, 2000));
  EXPECT_LT(batch.size(), 21u);
  EXPECT_GE(batch.size(), 1u);
}

}  // namespace
}  // namespace anneal::io

// What DatabaseWriter writes and DatabaseReader reads.
#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"
#include "unit/io/written_database.h"

namespace anneal::io {
namespace {

using test::random_sequences;
using test::read_all;
using test::Sequence;
using test::written;

constexpr std::string_view protein_letters = "ARNDCQEGHILKMFPSTWYVBZXUOJ*arndcq";
constexpr std::string_view dna_letters = "AAAAACCCCCGGGGGTTTTTNnacgtRu";

std::uint64_t letters_of(const std::vector<Sequence>& sequences) {
  return std::accumulate(sequences.begin(), sequences.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Sequence& sequence) { return sum + sequence.letters.size(); });
}

void expect_round_trip(const std::vector<Sequence>& sequences, Alphabet alphabet,
                       const DatabaseWriter::PartLimits& limits) {
  const std::string bytes = written(sequences, alphabet, limits);
  DatabaseReader reader("'x'", bytes);
  EXPECT_EQ(reader.alphabet(), alphabet);
  EXPECT_EQ(reader.sequences(), sequences.size());
  EXPECT_EQ(reader.letters(), letters_of(sequences));
  std::uint64_t longest = 0;
  for (const Sequence& sequence : sequences) longest = std::max<std::uint64_t>(longest, sequence.letters.size());
  EXPECT_EQ(reader.longest(), longest);
  EXPECT_EQ(read_all(reader), sequences);
  EXPECT_EQ(reader.bytes_taken(), bytes.size());
  reader.rewind();
  EXPECT_EQ(read_all(reader, 1), sequences);  // each alone
}

TEST(DatabaseFile, GivesBackWhatWasWritten) {
  test::Random random(1);
  for (int i = 0; i < 40; ++i) {
    const DatabaseWriter::PartLimits limits{
        .letters = 1 + random.below(20000), .text = 1 + random.below(2000), .sequences = 1 + random.below(60)};
    const std::size_t count = random.below(100);
    expect_round_trip(random_sequences(random, count, protein_letters), Alphabet::protein, limits);
    expect_round_trip(random_sequences(random, count, dna_letters), Alphabet::dna, limits);
    expect_round_trip(random_sequences(random, count, "ACGU"), Alphabet::dna, limits);
    expect_round_trip(random_sequences(random, count, "ANCNGNTN"), Alphabet::dna, limits);
  }
}

TEST(DatabaseFile, TakesWhatHasNoLetters) {
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    expect_round_trip({}, alphabet, {});
    expect_round_trip({{"", "", ""}}, alphabet, {});
    expect_round_trip({{"a", "b c", ""}, {"d", "", ""}, {"", "e", ""}}, alphabet, {});
    expect_round_trip({{"only", "one", "ACGTNACGT"}}, alphabet, {});
  }
}

TEST(DatabaseFile, TakesManyShortSequences) {
  test::Random random(2);
  std::vector<Sequence> sequences(100000);
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    sequences[i].name = fmt::format("s{}", i);
    for (int k = 0; k < 10; ++k) sequences[i].letters += random.pick(std::string_view("ACGT"));
  }
  expect_round_trip(sequences, Alphabet::dna, {});
  expect_round_trip(sequences, Alphabet::protein, {});
}

TEST(DatabaseFile, PacksNucleotidesWhereThatIsSmaller) {
  test::Random random(3);
  const auto size = [&](std::string_view letters, Alphabet alphabet) {
    std::vector<Sequence> one(1);
    while (one[0].letters.size() < 400000) one[0].letters += random.pick(letters);
    return written(one, alphabet).size();
  };
  EXPECT_LT(size("ACGT", Alphabet::dna), 130000u);
  EXPECT_LT(size("ACGU", Alphabet::dna), 130000u);
  EXPECT_GT(size("ACGT", Alphabet::protein), 400000u);
  EXPECT_LT(size("AN", Alphabet::dna), 430000u);  // no runs for each of these
}

TEST(DatabaseFile, ComesInBatchesOfTheSizeAskedFor) {
  test::Random random(4);
  const std::vector<Sequence> sequences = random_sequences(random, 300, dna_letters);
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    const std::string bytes = written(sequences, alphabet);
    DatabaseReader reader("'x'", bytes);
    std::uint64_t taken = 0;
    for (RecordBatch batch; reader.read(batch, 2000); batch.clear()) {
      EXPECT_TRUE(batch.size() == 1 || batch.bytes() <= 2000u);
      EXPECT_LE(taken, reader.bytes_taken());
      taken = reader.bytes_taken();
    }
    EXPECT_LE(taken, bytes.size());
  }
}

TEST(DatabaseFile, LiesByLengthAndComesInOrder) {
  const std::vector<Sequence> sequences = {{"a", "", "MK"}, {"b", "", "MKVLA"}, {"c", "", "WY"}, {"d", "", "HHHHHH"}};
  const std::string bytes = written(sequences, Alphabet::protein);
  EXPECT_NE(bytes.find("HHHHHHMKVLAMKWY"), std::string::npos);
  DatabaseReader reader("'x'", bytes);
  EXPECT_EQ(read_all(reader), sequences);
}

TEST(DatabaseFile, IsTheSameBytesEachTime) {
  test::Random random(5);
  const std::vector<Sequence> sequences = random_sequences(random, 200, dna_letters);
  EXPECT_EQ(written(sequences, Alphabet::dna), written(sequences, Alphabet::dna));
}

TEST(DatabaseFile, IsToldByItsContent) {
  const test::TemporaryFolder folder;
  const std::string bytes = written({{"a", "", "ACGT"}}, Alphabet::dna);
  const auto is_ours = [&](std::string_view contents) {
    folder.write("x", contents);
    return is_index((folder.path() / "x").string());
  };
  EXPECT_TRUE(is_ours(bytes));
  EXPECT_TRUE(is_ours(bytes.substr(0, 5)));
  EXPECT_FALSE(is_ours(""));
  EXPECT_FALSE(is_ours(">a\nACGT\n"));
  EXPECT_FALSE(is_index((folder.path() / "missing").string()));
  EXPECT_FALSE(is_index(folder.path().string()));
  folder.write("y", bytes);
  DatabaseReader reader((folder.path() / "y").string());
  EXPECT_EQ(read_all(reader), (std::vector<Sequence>{{"a", "", "ACGT"}}));
}

TEST(DatabaseFile, IsWrittenToFilesOnly) {
  const auto thrown = test::thrown_by([] { DatabaseWriter("-", Alphabet::dna); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  EXPECT_NE(thrown.line.find("standard output"), std::string::npos);
}

TEST(DatabaseFile, DoesNotAppearUnlessItIsWhole) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "x").string();
  {
    DatabaseWriter writer(path, Alphabet::dna);
    writer.append({.name = "a", .comment = "", .sequence = "ACGT", .quality = ""});
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace anneal::io

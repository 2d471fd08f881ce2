// Prepared databases that are refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <limits>
#include <optional>

#include "support/sealed_database.h"
#include "unit/io/thrown.h"
#include "unit/io/written_database.h"

namespace anneal::io {
namespace {

using test::read_all;
using test::sealed;
using test::Sequence;
using test::written;
using testing::AllOf;
using testing::HasSubstr;

const std::vector<Sequence>& sequences() {
  static const std::vector<Sequence> some = {{"first", "of two parts", "ACGTNNNNacgtACGTACGTACGTACGTACGTACGTACGTACGT"},
                                             {"second", "", ""},
                                             {"third", "x", "GATTACA"}};
  return some;
}

std::string two_parts(Alphabet alphabet = Alphabet::dna) {
  return written(sequences(), alphabet, {.letters = 1000, .text = 1000, .sequences = 2});
}

// The line that refuses the file, or nothing where all of it can be read.
std::optional<std::string> refusal(std::string_view bytes) {
  try {
    DatabaseReader reader("'x.anneal'", bytes);
    read_all(reader);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_input);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("'x.anneal'"), HasSubstr("make it again with 'anneal index --search'")));
    return error.what();
  }
  return std::nullopt;
}

template <typename Value>
std::string with(std::string bytes, std::size_t begin, Value value) {
  std::memcpy(bytes.data() + begin, &value, sizeof(Value));
  return bytes;
}

void expect_refused(std::string_view bytes, const std::string& why) {
  EXPECT_THAT(refusal(bytes).value_or("nothing"), HasSubstr(why));
}

TEST(BadDatabase, IsOneOfAnyOtherLength) {
  const std::string bytes = two_parts();
  ASSERT_EQ(refusal(bytes), std::nullopt);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    expect_refused(std::string_view(bytes).substr(0, size), "is truncated");
  }
  expect_refused(bytes + '\0', "is damaged");
  expect_refused(bytes + bytes, "is damaged");
}

TEST(BadDatabase, IsOneWithAnyOtherByte) {
  test::Random random(1);
  for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
    std::string bytes = two_parts(alphabet);
    for (char& byte : bytes) {
      const char good = byte;
      byte = static_cast<char>(byte ^ (1 << random.below(8)));
      EXPECT_TRUE(refusal(bytes).has_value()) << "byte " << &byte - bytes.data();
      byte = good;
    }
  }
}

TEST(BadDatabase, NamesThePartThatIsDamaged) {
  std::string bytes = two_parts(Alphabet::protein);
  bytes[bytes.find("GATTACA")] = 'T';
  DatabaseReader reader("'x'", bytes);
  RecordBatch batch;
  EXPECT_TRUE(reader.read(batch, 1000));  // the first one is whole
  const auto thrown = test::thrown_by([&] { reader.read(batch, 1000); });
  EXPECT_THAT(thrown.line, HasSubstr("'x' is damaged: part 2 of 2"));
}

TEST(BadDatabase, IsOneOfAnotherKind) {
  const std::string bytes = two_parts();
  expect_refused(">a\nACGT\n", "is no prepared database");
  expect_refused(with(bytes, 0, 'x'), "is no prepared database");
  const auto order = offsetof(DatabaseHeader, byte_order), version = offsetof(DatabaseHeader, version);
  expect_refused(with(bytes, order, DatabaseHeader::foreign_order), "another byte order");
  // Of other versions nothing else is known, not even where their digests are.
  expect_refused(with(bytes, version, database_version + 1), "has format 2, and this version of anneal reads format 1");
  expect_refused(with(bytes, version, database_version + 1), "use a newer one");
  expect_refused(with(bytes, version, database_version - 1), "has format 0");
  expect_refused(sealed(with(bytes, offsetof(DatabaseHeader, kind), std::uint32_t{2})), "something else than a search");
}

// Digests tell accidents. What is written on purpose may be refused late, but is never read from beyond the file.
TEST(BadDatabase, IsOneWhoseNumbersCannotBe) {
  const std::string bytes = two_parts();
  ASSERT_EQ(sealed(bytes), bytes);
  const std::size_t table = value_at<DatabaseHeader>(bytes, 0).table_begin;
  const auto entry = value_at<PartEntry>(bytes, table);
  const std::uint64_t records = PartLayout(sizeof(DatabaseHeader), entry).records;
  const std::uint64_t runs = PartLayout(sizeof(DatabaseHeader), entry).runs;
  constexpr std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
  const auto refused = [&](std::size_t begin, auto value) {
    EXPECT_TRUE(refusal(sealed(with(bytes, begin, value))).has_value()) << begin << " = " << value;
  };
  for (const std::size_t member :
       {offsetof(PartEntry, sequences), offsetof(PartEntry, letter_bytes), offsetof(PartEntry, name_bytes),
        offsetof(PartEntry, comment_bytes), offsetof(PartEntry, runs)}) {
    for (const std::uint64_t value : {huge, huge / 2, huge / 16, std::uint64_t{1} << 40, std::uint64_t{5000}}) {
      refused(table + member, value);
    }
  }
  refused(table + offsetof(PartEntry, store), std::uint32_t{3});
  refused(offsetof(DatabaseHeader, alphabet), std::uint32_t{2});
  for (const std::size_t member :
       {offsetof(DatabaseHeader, parts), offsetof(DatabaseHeader, table_begin), offsetof(DatabaseHeader, file_bytes)}) {
    for (const std::uint64_t value : {huge, huge - 63, std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{4096}}) {
      refused(member, value);
    }
  }
  for (std::size_t member = 0; member < sizeof(PlacedRecord); member += sizeof(std::uint32_t)) {
    refused(records + member, std::uint32_t{0xffffffff});
    refused(records + member, std::uint32_t{0x80000000});
  }
  refused(runs + offsetof(LetterRun, length), std::uint32_t{41});
}

}  // namespace
}  // namespace anneal::io

#include "io/packed_letters.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/random.h"

namespace anneal::io {
namespace {

struct Packed {
  std::string bytes;
  std::vector<LetterRun> runs;
};

Packed pack(std::string_view letters, Bases bases, std::uint32_t begin = 0) {
  Packed packed;
  pack_letters(letters, bases, begin, packed.bytes, packed.runs);
  return packed;
}

std::string unpack(const Packed& packed, Bases bases, std::size_t count, std::uint32_t begin = 0) {
  std::string letters(count, '?');
  unpack_letters(packed.bytes, bases, count, letters.data());
  for (const LetterRun& run : packed.runs) write_run(run, begin, letters.data());
  return letters;
}

// Stretches of one kind each, as masked genomes have them.
std::string random_letters(test::Random& random, std::size_t size) {
  constexpr std::string_view kinds[] = {"ACGT", "acgt", "ACGU", "N", "n", "RYSWKMBDHVrykm*", "Uu"};
  std::string letters;
  while (letters.size() < size) {
    const std::string_view kind = random.pick(kinds);
    for (std::uint64_t length = 1 + random.below(9); length > 0; --length) letters += random.pick(kind);
  }
  letters.resize(size);
  return letters;
}

TEST(PackedLetters, ComeBackAsTheyWere) {
  test::Random random(1);
  for (std::size_t size = 0; size < 200; ++size) {
    for (const Bases bases : {Bases::acgt, Bases::acgu}) {
      const std::string letters = random_letters(random, size);
      const std::uint32_t begin = static_cast<std::uint32_t>(random.below(1000));
      const Packed packed = pack(letters, bases, begin);
      EXPECT_EQ(packed.bytes.size(), packed_size(size));
      EXPECT_EQ(unpack(packed, bases, size, begin), letters);
    }
  }
}

TEST(PackedLetters, NeedRunsForWhatIsNoBaseInUpperCaseOnly) {
  EXPECT_TRUE(pack("ACGTTGCA", Bases::acgt).runs.empty());
  EXPECT_TRUE(pack("ACGUUGCA", Bases::acgu).runs.empty());
  const std::vector<LetterRun> runs = pack("ACNNNgatcTn", Bases::acgt, 40).runs;
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0].begin, 42u);
  EXPECT_EQ(runs[0].length, 3u);
  EXPECT_EQ(runs[0].letter, static_cast<unsigned char>('N'));
  EXPECT_EQ(runs[1].begin, 45u);
  EXPECT_EQ(runs[1].length, 4u);
  EXPECT_EQ(runs[1].letter, 0u);
  EXPECT_EQ(runs[2].begin, 50u);
  EXPECT_EQ(runs[2].letter, static_cast<unsigned char>('n'));
}

TEST(PackedLetters, AreDnaOrRnaByTheCommonerBase) {
  EXPECT_EQ(commoner_bases(""), Bases::acgt);
  EXPECT_EQ(commoner_bases("ACGTu"), Bases::acgt);
  EXPECT_EQ(commoner_bases("ACGtUu"), Bases::acgu);
}

}  // namespace
}  // namespace anneal::io

// Mates that have no seeds are found where the other mate says, and nowhere else.
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "align/reverse_complement.h"
#include "anneal/error.h"
#include "anneal/map.h"
#include "support/random.h"

namespace anneal::map {
namespace {

constexpr InsertSizes sizes{.mean = 400, .deviation = 50, .min = 200, .max = 600};
constexpr std::int32_t read_length = 120;

struct Pair {
  std::string name, first, second;
  std::int32_t begins[2] = {};
};

class MateRescueTest : public testing::Test {
 protected:
  static constexpr std::size_t copied_from = 20'000, copy_at = 40'000, copied = 3000;

  MateRescueTest() {
    for (int i = 0; i < 60'000; ++i) genome_ += random_.pick(std::string_view("ACGT"));
    // Parts that are there twice, but for a letter now and then.
    for (std::size_t i = 0; i < copied; ++i) genome_[copy_at + i] = genome_[copied_from + i];
    for (std::size_t i = 20; i < copied; i += 20) genome_[copy_at + i] = other_than(genome_[copy_at + i]);
    build(genome_);
  }

  void build(const std::string& genome) {
    genome_ = genome;
    const std::filesystem::path path =
        std::filesystem::path(testing::TempDir()) / fmt::format("mate_rescue_{}.fa", ::getpid());
    std::ofstream(path) << ">genome\n" << genome_ << '\n';
    mapper_.emplace(MapIndex::build(path, MapPreset::sr), AlignerSettings{.backend = "cpu", .threads = 1});
    std::filesystem::remove(path);
  }

  static char other_than(char letter) { return letter == 'A' ? 'C' : 'A'; }

  static std::string reversed(const std::string& letters) {
    std::string turned(letters.size(), '\0');
    align::reverse_complement(letters, turned.data());
    return turned;
  }

  // No minimizer is left.
  static std::string without_seeds(std::string letters) {
    for (std::size_t i = 6; i < letters.size(); i += 12) letters[i] = other_than(letters[i]);
    return letters;
  }

  // Of a fragment in either direction; one of its mates has no seeds.
  Pair draw(std::int32_t begin, std::int32_t size, bool turned, int damaged) const {
    std::string left = genome_.substr(static_cast<std::size_t>(begin), read_length);
    std::string right = reversed(genome_.substr(static_cast<std::size_t>(begin + size - read_length), read_length));
    Pair pair{.name = "p" + std::to_string(begin),
              .first = turned ? right : left,
              .second = turned ? left : right,
              .begins = {turned ? begin + size - read_length : begin, turned ? begin : begin + size - read_length}};
    std::string& mate = damaged == 0 ? pair.first : pair.second;
    mate = without_seeds(mate);
    return pair;
  }

  std::vector<MappedRead> map(const std::vector<Pair>& pairs, const InsertSizes& insert_sizes = sizes) const {
    std::vector<io::SequenceRecord> reads;
    for (const Pair& pair : pairs) {
      reads.push_back({.name = pair.name, .sequence = pair.first});
      reads.push_back({.name = pair.name, .sequence = pair.second});
    }
    std::vector<MappedRead> mapped;
    mapper_->map_pairs(reads, insert_sizes, mapped);
    return mapped;
  }

  test::Random random_{11};
  std::string genome_;
  std::optional<Mapper> mapper_;
};

void expect_equal(const MappedRead& one, const MappedRead& other) {
  ASSERT_EQ(one.mappings.size(), other.mappings.size());
  for (std::size_t i = 0; i < one.mappings.size(); ++i) {
    const Mapping &a = one.mappings[i], &b = other.mappings[i];
    EXPECT_EQ(a.target_begin, b.target_begin);
    EXPECT_EQ(a.target_end, b.target_end);
    EXPECT_EQ(a.reverse, b.reverse);
    EXPECT_EQ(a.mapping_quality, b.mapping_quality);
    EXPECT_EQ(a.proper_pair, b.proper_pair);
    EXPECT_EQ(a.score, b.score);
    EXPECT_EQ(a.cigar, b.cigar);
  }
}

TEST_F(MateRescueTest, FindsMatesWithoutSeedsAtTheirPlace) {
  for (const bool turned : {false, true}) {
    for (const int damaged : {0, 1}) {
      const Pair pair = draw(5000, 420, turned, damaged);
      std::vector<MappedRead> alone;
      const io::SequenceRecord mate{.name = pair.name, .sequence = damaged == 0 ? pair.first : pair.second};
      mapper_->map({&mate, 1}, alone);
      ASSERT_TRUE(alone[0].mappings.empty());  // so that there is something to rescue
      const std::vector<MappedRead> mapped = map({pair});
      for (std::size_t k = 0; k < 2; ++k) {
        ASSERT_EQ(mapped[k].mappings.size(), 1U);
        const Mapping& mapping = mapped[k].mappings[0];
        EXPECT_EQ(mapping.target_begin, pair.begins[k]);
        EXPECT_EQ(mapping.target_end, pair.begins[k] + read_length);
        EXPECT_EQ(mapping.reverse, turned == (k == 0));
        EXPECT_TRUE(mapping.proper_pair);
        EXPECT_EQ(mapping.kind, Mapping::Kind::primary);
        EXPECT_GE(mapping.mapping_quality, 30);
      }
      const Mapping& rescued = mapped[static_cast<std::size_t>(damaged)].mappings[0];
      EXPECT_EQ(rescued.edit_distance(), 10);
      EXPECT_EQ(rescued.score, 110 * 2 - 10 * 8);
      EXPECT_EQ(rescued.minimizers, 0);
    }
  }
}

TEST_F(MateRescueTest, LeavesMatesThatAreTooFarOff) {
  for (const std::int32_t size : {150, 700, 3000}) {
    const std::vector<MappedRead> mapped = map({draw(5000, size, false, 1)});
    EXPECT_EQ(mapped[0].mappings.size(), 1U) << size;
    EXPECT_FALSE(mapped[0].mappings[0].proper_pair) << size;
    EXPECT_TRUE(mapped[1].mappings.empty()) << size;
  }
  const std::vector<MappedRead> mapped =
      map({draw(5000, 3000, false, 1)}, {.mean = 3000, .deviation = 50, .min = 2800, .max = 3200});
  ASSERT_EQ(mapped[1].mappings.size(), 1U);
  EXPECT_EQ(mapped[1].mappings[0].target_begin, 8000 - read_length);
}

TEST_F(MateRescueTest, FindsNoRandomLetters) {
  for (int i = 0; i < 200; ++i) {
    Pair pair = draw(random_.between(0, 15'000), 400, false, 1);
    for (char& letter : pair.second) letter = random_.pick(std::string_view("ACGT"));
    EXPECT_TRUE(map({pair})[1].mappings.empty()) << i;
  }
}

// The second mate is that of the copy, letter for letter; the first one says that it is from where some differ.
TEST_F(MateRescueTest, ReplacesABetterPlaceThatDoesNotFit) {
  const std::int32_t begin = copied_from - 200;
  Pair pair = draw(begin, 400, false, 0);
  pair.first = genome_.substr(static_cast<std::size_t>(begin), read_length);
  pair.second = reversed(genome_.substr(copy_at + 141, 58));  // differs in two letters, which leave no seed
  const std::vector<MappedRead> mapped = map({pair});
  ASSERT_EQ(mapped[1].mappings.size(), 1U);
  const Mapping& mate = mapped[1].mappings[0];
  EXPECT_EQ(mate.target_begin, static_cast<std::int32_t>(copied_from) + 141);
  EXPECT_TRUE(mate.proper_pair);
  EXPECT_GT(mate.mapping_quality, 0);
  EXPECT_LE(mate.mapping_quality, 40);
  EXPECT_GT(mate.other_segment, mate.best_segment);  // the place that was replaced
}

// Both mates are in a part that the genome has twice.
TEST_F(MateRescueTest, PairsLongFragments) {
  constexpr InsertSizes long_sizes{.mean = 2000, .deviation = 100, .min = 1600, .max = 2400};
  for (const std::int32_t size : {1700, 2000, 2300}) {
    const auto begin = static_cast<std::int32_t>(copied_from) + 100;
    Pair pair = draw(begin, size, false, 1);
    pair.second = reversed(genome_.substr(static_cast<std::size_t>(begin + size - read_length), read_length));
    const std::vector<MappedRead> mapped = map({pair}, long_sizes);
    for (std::size_t k = 0; k < 2; ++k) {
      ASSERT_EQ(mapped[k].mappings.size(), 1U);
      EXPECT_EQ(mapped[k].mappings[0].target_begin, pair.begins[k]);
      EXPECT_TRUE(mapped[k].mappings[0].proper_pair);
    }
    EXPECT_FALSE(map({pair})[0].mappings[0].proper_pair);
  }
}

// A mate fits at two places, of which the other mate allows both.
class TwoPlacesTest : public MateRescueTest, public testing::WithParamInterface<bool> {};

TEST_P(TwoPlacesTest, MakeARescuedMateUnsure) {
  const bool turned = GetParam();
  constexpr std::int32_t begin = 50'000, size = 400, shift = 150, copy = begin + size - read_length;
  for (int differences = 0; differences < 3; ++differences) {
    std::string genome = genome_;
    for (std::int32_t i = 0; i < read_length; ++i) genome[copy + shift + i] = genome[copy + i];
    for (int i = 0; i < differences; ++i) genome[copy + shift + 50 + 20 * i] = other_than(genome[copy + 50 + 20 * i]);
    if (turned) genome = reversed(genome);
    build(genome);
    const auto length = static_cast<std::int32_t>(genome.size());
    const std::vector<MappedRead> mapped =
        map({draw(turned ? length - begin - size : begin, size, false, turned ? 0 : 1)});
    const MappedRead& mate = mapped[turned ? 0 : 1];
    ASSERT_EQ(mate.mappings.size(), 1U);
    const Mapping& mapping = mate.mappings[0];
    EXPECT_TRUE(mapping.proper_pair);
    EXPECT_EQ(mapping.other_segment, mapping.score - 10 * differences);
    const int expected[] = {0, 24, 40};
    EXPECT_EQ(mapping.mapping_quality, expected[differences]);
  }
}

INSTANTIATE_TEST_SUITE_P(Directions, TwoPlacesTest, testing::Bool());

TEST_F(MateRescueTest, WorksAtTheEndsOfTheGenome) {
  const auto length = static_cast<std::int32_t>(genome_.size());
  for (const std::int32_t begin : {0, length - 300}) {
    const std::vector<MappedRead> mapped = map({draw(begin, 300, false, 0), draw(begin, 300, false, 1)});
    for (std::size_t k = 0; k < 4; ++k) {
      ASSERT_EQ(mapped[k].mappings.size(), 1U);
      EXPECT_EQ(mapped[k].mappings[0].target_begin, k % 2 == 0 ? begin : begin + 300 - read_length);
    }
  }
  EXPECT_TRUE(map({{.name = "e", .first = genome_.substr(0, 100), .second = ""}})[1].mappings.empty());
}

TEST_F(MateRescueTest, DependsNeitherOnOtherPairsNorOnThreads) {
  std::vector<Pair> pairs;
  for (int i = 0; i < 60; ++i) {
    pairs.push_back(
        draw(random_.between(0, 59'000), random_.between(250, 700), random_.chance(0.5), random_.between(0, 1)));
  }
  const std::vector<MappedRead> together = map(pairs);
  std::vector<std::vector<MappedRead>> alone(pairs.size());
  const auto map_some = [&](std::size_t first) {
    for (std::size_t i = first; i < pairs.size(); i += 2) alone[i] = map({pairs[i]});
  };
  std::thread other(map_some, 1);
  map_some(0);
  other.join();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    expect_equal(alone[i][0], together[2 * i]);
    expect_equal(alone[i][1], together[2 * i + 1]);
  }
}

TEST_F(MateRescueTest, BadInsertSizesAndOddReadsAreRefused) {
  EXPECT_THROW(map({}, {.mean = 400, .deviation = 0}), Error);
  const io::SequenceRecord read{.name = "r", .sequence = "ACGT"};
  std::vector<MappedRead> mapped;
  EXPECT_THROW(mapper_->map_pairs({&read, 1}, sizes, mapped), Error);
}

}  // namespace
}  // namespace anneal::map

#include "search/statistics/search_space.h"

#include <gtest/gtest.h>

#include <cmath>

namespace anneal::search {
namespace {

const ScoreParameters& blosum62() {
  static const Statistics statistics = Statistics::of(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  return statistics.parameters();
}

/// Whether the alignment of which one is expected takes no less than l letters, and l leaves room enough.
bool is_allowed(const ScoreParameters& parameters, double m, double n, double sequences, double l) {
  const double pairs = parameters.k * (m - l) * (n - sequences * l);
  return m > l && n > sequences * l && pairs >= std::max(m, n) &&
         parameters.length.at(std::log(pairs) / parameters.lambda) >= l;
}

TEST(LengthAdjustment, IsTheLargestThatIsAllowed) {
  for (const std::uint64_t query_length : {20, 50, 100, 300, 3000, 40'000}) {
    for (const SearchSpace& space : {SearchSpace{1'000, 3}, SearchSpace{100'000, 400}, SearchSpace{50'000'000, 150'000},
                                     SearchSpace{10'000'000'000, 20'000'000}}) {
      const std::uint64_t found = length_adjustment(blosum62(), query_length, space);
      std::uint64_t expected = 0;
      for (std::uint64_t l = 1; l < query_length; ++l) {
        if (is_allowed(blosum62(), static_cast<double>(query_length), static_cast<double>(space.letters),
                       static_cast<double>(space.sequences), static_cast<double>(l))) {
          expected = l;
        }
      }
      EXPECT_EQ(found, expected) << query_length << " in " << space.letters;
    }
  }
}

TEST(LengthAdjustment, IsNoneWhereThereIsNoRoom) {
  for (const SearchSpace& space : {SearchSpace{}, SearchSpace{1, 1}, SearchSpace{100, 100}}) {
    EXPECT_EQ(length_adjustment(blosum62(), 0, space), 0);
    EXPECT_EQ(length_adjustment(blosum62(), 5, space), 0);
    EXPECT_GE(adjusted_search_space(blosum62(), 0, space), 1);
  }
}

TEST(ExpectedPlaces, ArePairsOfLettersInLongSequences) {
  const LengthDistribution lengths = blosum62().length_distribution.value_or(LengthDistribution{});
  const double long_sequences = 1e9;
  EXPECT_NEAR(expected_places(lengths, blosum62().lambda, 50, 1'000'000'000, 1'000'000'000),
              long_sequences * long_sequences, 1e-6 * long_sequences * long_sequences);
}

TEST(ExpectedPlaces, AreNeverNegativeAndGrowWithTheLength) {
  const LengthDistribution lengths = blosum62().length_distribution.value_or(LengthDistribution{});
  for (const int score : {0, 20, 100, 1'000, 1'000'000}) {
    double before = 0;
    for (std::uint64_t length = 0; length < 5'000; length += 50) {
      const double places = expected_places(lengths, blosum62().lambda, score, length, 200);
      EXPECT_GE(places, before) << score << " in " << length;
      before = places;
    }
  }
}

}  // namespace
}  // namespace anneal::search

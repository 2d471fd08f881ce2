// Gaps of two pieces and extensions as ksw2's, by every instruction set's kernels, against the specification.
#include <gtest/gtest.h>

#include <array>

#include "align/cpu/cpu_engine.h"
#include "align/cpu/two_piece_job.h"
#include "align/scalar/scalar_engine.h"
#include "support/compare.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

constexpr std::uint64_t usual_memory = Aligner::min_memory;

class TwoPiece : public testing::TestWithParam<Mode> {
 protected:
  AlignOptions draw(Alphabet alphabet) {
    AlignOptions options = test::random_options(random_, GetParam(), alphabet);
    if (GetParam() == Mode::global) test::add_second_gap(random_, options);
    return options;
  }

  // minimap2's for short reads.
  AlignOptions usual_options() const {
    AlignOptions options{.mode = GetParam(), .matrix = SubstitutionMatrix::match_mismatch(2, 8), .gap_open = 12};
    options.gap_extend = 2;
    options.second_gap = GapCost{32, 1};
    return options;
  }

  void expect_same(const AlignOptions& options, test::PairSet pairs, std::uint64_t memory = usual_memory) {
    if (pairs.band_centres.empty()) test::add_pair_values(random_, options, pairs);
    const Batch batch(pairs.batch(), options);
    AlignResults expected;
    scalar::ScalarEngine(1, usual_memory).execute(batch, options, {}, expected);
    for (const auto& [name, kernels] : test::vector_backends()) {
      SCOPED_TRACE(name + ", " + test::describe(options));
      AlignResults found;
      const CpuEngine engine(name, kernels, 1, memory);
      ASSERT_TRUE(engine.supports(options));
      engine.execute(batch, options, {}, found);
      EXPECT_EQ(found.fallbacks, 0u);
      const auto pair = test::first_difference(expected, found);
      ASSERT_FALSE(pair) << test::describe(expected, *pair) << "\nfound: " << test::describe(found, *pair) << '\n'
                         << pairs.query(*pair) << '\n'
                         << pairs.target(*pair) << "\ncentre " << pairs.centre(*pair);
    }
  }

  test::PairSet pairs_of(std::initializer_list<std::pair<int, int>> lengths, Alphabet alphabet = Alphabet::dna) {
    test::PairSet pairs;
    for (const auto& [rows, columns] : lengths) {
      pairs.add(test::random_pair(random_, alphabet, random_.pick(test::all_pair_kinds), rows, columns));
    }
    return pairs;
  }

  test::Random random_{test::seed_of("TwoPiece")};
};

TEST_P(TwoPiece, EqualsTheSpecificationForAnyOptions) {
  static constexpr int longest[] = {4, 20, 90, 90, 300};
  for (int round = 0; round < 600 && !HasFailure(); ++round) {
    const Alphabet alphabet = random_.chance(0.6) ? Alphabet::dna : Alphabet::protein;
    AlignOptions options = draw(alphabet);
    if (random_.chance(0.2)) options.min_score = random_.between(-50, 150);
    const int limit = random_.pick(longest);
    expect_same(options, test::random_pairs(random_, alphabet, 1, {0, limit}, {0, limit}));
  }
}

TEST_P(TwoPiece, EqualsTheSpecificationForUsualOptions) {
  for (int round = 0; round < 60 && !HasFailure(); ++round) {
    AlignOptions options = usual_options();
    options.band = random_.pick(std::array{-1, 20, 100, 150});
    if (GetParam() == Mode::extend_ksw2) {
      options.zdrop = random_.pick(std::array{0, 20, 100});
      options.end_bonus = random_.pick(std::array{0, 10});
      if (random_.chance(0.5)) options.gap_placement = GapPlacement::rightmost;
    }
    expect_same(options, test::random_pairs(random_, Alphabet::dna, 4, {1, 300}, {1, 400}));
  }
}

TEST_P(TwoPiece, TakesTinyMatricesInAllBands) {
  for (int rows = 0; rows <= 5; ++rows) {
    for (int columns = 0; columns <= 5; ++columns) {
      for (int band = -1; band <= 6 && !HasFailure(); ++band) {
        AlignOptions options = draw(Alphabet::dna);
        options.band = band;
        test::PairSet pairs;
        for (int centre = -6; centre <= 6; ++centre) {
          pairs.add(test::random_pair(random_, Alphabet::dna, test::PairKind::ties, rows, columns));
          if (GetParam() == Mode::global && band >= 0) pairs.band_centres.push_back(centre);
        }
        expect_same(options, pairs);
      }
    }
  }
}

TEST_P(TwoPiece, TakesLengthsAroundVectors) {
  for (const int length : {15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 257}) {
    for (const int band : {-1, length - 1, length, length + 1, 2 * length}) {
      AlignOptions options = random_.chance(0.5) ? usual_options() : draw(Alphabet::dna);
      options.band = band;
      expect_same(options, pairs_of({{length, length}, {length, 300}, {300, length}, {length, length + 1}}));
      if (HasFailure()) return;
    }
  }
}

// Differences of 8 bits as large as they may become, and one more.
TEST_P(TwoPiece, TakesDifferencesAtTheEdgeOf8Bits) {
  int at_edge = 0;
  for (int round = 0; at_edge < 60 && round < 100'000 && !HasFailure(); ++round) {
    AlignOptions options = draw(Alphabet::dna);
    options.matrix = test::uniform_matrix(Alphabet::dna, random_.between(0, 100), random_.between(0, 100));
    options.gap_open = random_.between(0, 50);
    options.gap_extend = random_.between(0, 20);
    options.second_gap = GapCost{options.gap_open + options.gap_extend + random_.between(0, 40), 0};
    const DifferenceRange range(options.matrix, boundary_of(options));
    if (range.largest < 125 || range.largest > 128) continue;
    ++at_edge;
    expect_same(options, test::random_pairs(random_, Alphabet::dna, 2, {1, 150}, {1, 150}));
  }
  EXPECT_EQ(at_edge, 60);
}

TEST_P(TwoPiece, TakesScoresBeyond16Bits) {
  for (const int match : {100, 127}) {
    AlignOptions options = usual_options();
    options.matrix = SubstitutionMatrix::match_mismatch(match, 4);
    test::PairSet pairs;
    const std::string letters = test::random_sequence(random_, Alphabet::dna, 400);
    pairs.add({letters, test::mutate(random_, Alphabet::dna, letters, 0.05)});
    expect_same(options, pairs);  // differences beyond 8 bits
    options.gap_open = options.gap_extend = 1;
    options.second_gap = GapCost{1, 1};
    options.matrix = SubstitutionMatrix::match_mismatch(match, 0);
    expect_same(options, pairs);
  }
}

TEST_P(TwoPiece, TracesLongPairsInLittleMemory) {
  for (const int band : {-1, 100, 500}) {
    AlignOptions options = usual_options();
    options.band = band;
    test::PairSet pairs;
    const std::string letters = test::random_sequence(random_, Alphabet::dna, 3000);
    pairs.add({letters, test::mutate(random_, Alphabet::dna, letters, 0.02)});
    for (const std::uint64_t memory : {std::uint64_t{1} << 17, std::uint64_t{1} << 20, usual_memory}) {
      expect_same(options, pairs, memory);
      if (HasFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Modes, TwoPiece, testing::Values(Mode::global, Mode::extend_ksw2),
                         [](const auto& tested) { return std::string(test::name_of(tested.param)); });

TEST(TwoPieces, MakesOneOfOnePieceThatNoGapTakes) {
  const TwoPieces gaps(Boundary{.gap_open = 4, .gap_extend = 2});
  EXPECT_EQ(gaps.first, (GapCost{4, 2}));
  EXPECT_EQ(gaps.second, (GapCost{5, 2}));
}

TEST(DifferenceRange, TellsHowManyBitsHoldDifferences) {
  Boundary boundary{.gap_open = 12, .gap_extend = 2, .second_gap = GapCost{32, 1}};
  EXPECT_EQ(DifferenceRange(SubstitutionMatrix::match_mismatch(2, 8), boundary).narrowest_bits(), 8);
  EXPECT_EQ(DifferenceRange(SubstitutionMatrix::match_mismatch(100, 8), boundary).narrowest_bits(), 16);
  boundary.second_gap = GapCost{32767, 0};
  EXPECT_EQ(DifferenceRange(SubstitutionMatrix::match_mismatch(2, 8), boundary).narrowest_bits(), 32);
}

}  // namespace
}  // namespace anneal::align::cpu

// What the engine of any GPU must find where gaps have two pieces, and in Mode::extend_ksw2: what the scalar one does.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "align/engine.h"
#include "align/scalar/scalar_engine.h"
#include "support/compare.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {

class TwoPieceCases {
 public:
  explicit TwoPieceCases(const align::Engine& engine) : engine_(engine) {}

  /// Any options, outputs and lengths, empty sides too.
  void expect_any(int rounds, int longest) {
    for (int round = 0; round < rounds && !failed(); ++round) {
      const Alphabet alphabet = random_.chance(0.7) ? Alphabet::dna : Alphabet::protein;
      const AlignOptions options = any_options(alphabet);
      PairSet pairs = random_pairs(random_, alphabet, 5, {0, longest}, {0, longest});
      add_pair_values(random_, options, pairs);
      expect_same(options, pairs);
    }
  }
  /// Lengths around as many cells as there are lanes.
  void expect_strips() {
    for (int round = 0; round < 6 && !failed(); ++round) {
      AlignOptions options = any_options(Alphabet::dna);
      options.output = Output::path;
      PairSet pairs;
      for (const int rows : {31, 32, 33, 64, 65}) {
        for (const int columns : {32, 33, 63, 64, 96}) {
          pairs.add(random_pair(random_, Alphabet::dna, PairKind::mutated, rows, columns));
        }
      }
      expect_same(options, pairs);
    }
  }
  /// As mappers have them: similar, in a band, with paths.
  void expect_similar(std::size_t count, int length, int band) {
    for (const Mode mode : {Mode::global, Mode::extend_ksw2})
      expect_same(mapper_options(mode, band), similar(count, length));
  }
  PairSet similar(std::size_t count, int length) {
    PairSet pairs;
    for (std::size_t pair = 0; pair < count; ++pair) {
      const std::string target = random_sequence(random_, Alphabet::dna, random_.between(length / 2, length));
      pairs.add({mutate(random_, Alphabet::dna, target, 0.05), target});
    }
    return pairs;
  }
  static AlignOptions mapper_options(Mode mode, int band) {
    AlignOptions options{.mode = mode, .matrix = SubstitutionMatrix::match_mismatch(2, 4), .gap_open = 4};
    options.gap_extend = 2;
    options.second_gap = GapCost{24, 1};
    options.band = band;
    if (mode == Mode::extend_ksw2) {
      options.zdrop = 400;
      options.end_bonus = 10;
    }
    return options;
  }

  /// Compares all fields; nothing may be left to the CPU, unless `may_fall_back`. Returns what was found.
  AlignResults expect_same(const AlignOptions& options, PairSet pairs, bool may_fall_back = false) {
    const AlignResults expected = run(align::scalar::ScalarEngine(1, Aligner::min_memory), options, pairs);
    AlignResults found = run(engine_, options, pairs);
    if (!may_fall_back) {
      EXPECT_EQ(found.fallbacks, 0u) << describe(options);
      EXPECT_EQ(found.warning, "") << describe(options);
    }
    if (const auto pair = first_difference(expected, found)) {
      ADD_FAILURE() << describe(options) << " pair " << *pair << " of " << pairs.size() << "\nexpected "
                    << describe(expected, *pair) << "\nfound    " << describe(found, *pair) << "\n"
                    << pairs.query(*pair) << "\n"
                    << pairs.target(*pair);
    }
    return found;
  }

 private:
  static bool failed() { return testing::Test::HasFailure(); }
  static AlignResults run(const align::Engine& engine, const AlignOptions& options, PairSet& pairs) {
    AlignResults results;
    engine.execute(align::Batch(pairs.batch(), options), options, {}, results);
    return results;
  }
  AlignOptions any_options(Alphabet alphabet) {
    AlignOptions options = random_options(random_, random_.chance(0.5) ? Mode::global : Mode::extend_ksw2, alphabet);
    if (options.mode == Mode::global) {
      while (!options.second_gap) add_second_gap(random_, options);
    }
    if (random_.chance(0.2)) options.min_score = random_.between(-50, 150);
    return options;
  }

  const align::Engine& engine_;
  Random random_{seed_of("TwoPieceCases")};
};

}  // namespace anneal::test

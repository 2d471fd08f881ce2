// Scores around the limits of 8 and 16 bits, signed and unsigned, and beyond.
#include "conformance/conformance.h"
#include "support/matrices.h"
#include "support/random_pairs.h"

namespace anneal::test {
namespace {

// Pairs whose best score is near `score` where a match counts `match`.
void add_pairs_near(Random& random, Alphabet alphabet, int score, int match, PairSet& pairs) {
  for (const int shift : {-2, -1, 0, 1, 2, 20}) {
    const int length = score / match + shift;
    if (length < 1 || length > 700) continue;
    const std::string sequence = random_sequence(random, alphabet, length);
    pairs.add({sequence, sequence});
    const int insert = random.between(0, length);
    std::string longer = sequence;
    longer.insert(static_cast<std::size_t>(insert), random_sequence(random, alphabet, random.between(1, 9)));
    pairs.add({sequence, longer});
    pairs.add({longer, sequence});
  }
}

TEST_P(Conformance, ScoresAroundTheLimitsOfLanes) {
  for (const int match : {1, 2, 5, 17, 127}) {
    PairSet pairs;
    for (const int limit : {120, 127, 250, 255, 32760, 32767, 65535}) {
      add_pairs_near(random_, alphabet(), limit, match, pairs);
    }
    AlignOptions options = usual_options(match == 5 ? Output::end : Output::path);
    options.matrix = uniform_matrix(alphabet(), match, 4);
    expect_same(options, pairs);
  }
}

// Penalties that take a score far below zero, or that no narrow lane can hold.
TEST_P(Conformance, LowScores) {
  for (const int penalty : {100, 127, 128, 129, 255, 256, 1000, 32767}) {
    for (const bool opening : {true, false}) {
      AlignOptions options = usual_options(opening ? Output::path : Output::end);
      (opening ? options.gap_open : options.gap_extend) = penalty;
      options.matrix = random_matrix(random_, alphabet(), -128, opening ? 3 : 127);
      expect_same(options, random_pairs(random_, alphabet(), 40, {0, 150}, {0, 150}));
    }
  }
}

// Pairs that need 8, 16 and 32 bits side by side in one batch.
TEST_P(Conformance, EveryWidthInOneBatch) {
  PairSet pairs;
  for (int round = 0; round < 20; ++round) {
    for (const int length : {5, 40, 300, 600}) {
      pairs.add(random_pair(random_, alphabet(), PairKind::mutated, length, length + random_.between(-4, 4)));
    }
  }
  AlignOptions options = usual_options(Output::path);
  options.matrix = uniform_matrix(alphabet(), 127, 100);
  expect_same_outputs(options, pairs);
}

TEST_P(Conformance, MatricesWithoutPositiveScores) {
  AlignOptions options = usual_options(Output::path);
  options.matrix = random_matrix(random_, alphabet(), -7, -1);
  expect_same_outputs(options, random_pairs(random_, alphabet(), 70, {0, 60}, {0, 60}));
  options.matrix = uniform_matrix(alphabet(), 0, 0);
  expect_same_outputs(options, random_pairs(random_, alphabet(), 70, {0, 60}, {0, 60}));
}

}  // namespace
}  // namespace anneal::test

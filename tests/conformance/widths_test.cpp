// Scores around the limits of 8 and 16 bits, signed and unsigned, and beyond.
#include <utility>
#include <vector>

#include "conformance/conformance.h"
#include "support/matrices.h"
#include "support/random_options.h"
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

// Both forms that these scores may have: engines may compute each with kernels of its own.
std::vector<SubstitutionMatrix> matrices_of(Alphabet alphabet, int match, int mismatch) {
  std::vector<SubstitutionMatrix> matrices{uniform_matrix(alphabet, match, mismatch)};
  if (alphabet == Alphabet::dna) matrices.push_back(SubstitutionMatrix::match_mismatch(match, mismatch));
  return matrices;
}

TEST_P(Conformance, ScoresAroundTheLimitsOfLanes) {
  for (const int match : {1, 2, 5, 17, 127}) {
    PairSet pairs;
    for (const int limit : {120, 127, 250, 255, 32760, 32767, 65535}) {
      add_pairs_near(random_, alphabet(), limit, match, pairs);
    }
    AlignOptions options = usual_options(match == 5 ? Output::end : Output::path);
    for (const SubstitutionMatrix& matrix : matrices_of(alphabet(), match, 4)) {
      options.matrix = matrix;
      expect_same(options, pairs);
    }
  }
}

// Penalties that take a score far below zero, or that no narrow lane can hold, alone or together.
TEST_P(Conformance, LargePenalties) {
  const PairSet pairs = random_pairs(random_, alphabet(), 40, {0, 150}, {0, 150});
  for (const int penalty : {100, 126, 127, 128, 129, 254, 255, 256, 1000, 16384, 32766, 32767}) {
    const std::pair<int, int> gaps[] = {
        {penalty, 1}, {penalty - 1, 1}, {0, penalty}, {1, penalty - 1}, {penalty / 2, penalty / 2}};
    for (const auto& [gap_open, gap_extend] : gaps) {
      AlignOptions options = usual_options(random_.pick(all_outputs));
      options.gap_open = gap_open;
      options.gap_extend = gap_extend;
      if (random_.chance(0.5)) options.matrix = random_matrix(random_, alphabet(), -128, gap_open > 0 ? 3 : 127);
      expect_same(options, pairs);
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
  for (const SubstitutionMatrix& matrix : matrices_of(alphabet(), 127, 100)) {
    options.matrix = matrix;
    expect_same_outputs(options, pairs);
  }
}

// Pairs that score nearly as much as matches alone would, more than 8 bits hold, among some that do not.
TEST_P(LocalDnaConformance, LongPairsThatLoseLittle) {
  constexpr double rates[] = {0, 0.01, 0.03, 0.06};
  constexpr int more_letters[] = {0, 3, 30};
  for (const int match : {1, 2, 5}) {
    PairSet pairs;
    for (int pair = 0; pair < 400; ++pair) {
      const double rate = random_.chance(0.1) ? 0.3 : random_.pick(rates);
      const std::string sequence = random_sequence(random_, alphabet(), random_.between(180, 420) / match);
      std::string mutated = mutate(random_, alphabet(), sequence, rate);
      const std::string before = random_sequence(random_, alphabet(), random_.pick(more_letters));
      const std::string after = random_sequence(random_, alphabet(), random_.pick(more_letters));
      if (random_.chance(0.05)) mutated = random_sequence(random_, alphabet(), 300);
      const bool longer_query = random_.chance(0.1);
      const std::string longer = before + sequence + after;
      pairs.add(longer_query ? SequencePair{longer, mutated} : SequencePair{mutated, longer});
    }
    AlignOptions options = usual_options(match == 2 ? random_.pick(all_outputs) : Output::path);
    options.matrix = SubstitutionMatrix::match_mismatch(match, random_.between(0, 6));
    options.gap_open = random_.between(0, 8);
    options.gap_extend = random_.between(0, 3);
    expect_same(options, pairs);
  }
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

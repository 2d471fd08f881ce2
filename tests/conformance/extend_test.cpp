// Extensions side by side that stop at different rows and make room for each other, and the limits of 8 bits.
#include <algorithm>

#include "conformance/conformance.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"

namespace anneal::test {
namespace {

// Enough for several vectors of any width to share their lanes.
constexpr std::size_t many = 1100;

// The target agrees with the query for a while, so that z-drop, zeros and the ends stop rows anywhere.
SequencePair diverging_pair(Random& random, Alphabet alphabet, LengthRange lengths) {
  const std::string query = random_sequence(random, alphabet, random.between(lengths.lowest, lengths.highest));
  const std::size_t agreeing = random.below(query.size() * 2 + 1);
  std::string target = mutate(random, alphabet, query.substr(0, agreeing), random.pick(std::vector{0.0, 0.03, 0.2}));
  if (random.chance(0.3)) {
    // A gap about as long as the widest band, which for short queries depends on their length.
    const int gap = static_cast<int>(query.size()) + random.between(-12, 4);
    const std::size_t at = random.below(target.size() + 1);
    target.insert(at, random_sequence(random, alphabet, std::max(gap, 0)));
  }
  target += random_sequence(random, alphabet, random.between(0, 100));
  return {query, target};
}

PairSet diverging_pairs(Random& random, Alphabet alphabet, LengthRange lengths, int highest_h0) {
  PairSet pairs;
  while (pairs.size() < many) {
    pairs.add(diverging_pair(random, alphabet, lengths));
    pairs.h0.push_back(random.chance(0.9) ? random.between(1, highest_h0) : random.between(1, 8 * highest_h0));
  }
  return pairs;
}

TEST_P(ExtendConformance, LanesStopAtDifferentRows) {
  static constexpr LengthRange lengths[] = {{1, 12}, {1, 40}, {15, 32}, {18, 50}, {60, 60}, {1, 90}, {100, 130}};
  static constexpr int bands[] = {-1, -1, -1, 0, 1, 4, 15, 100};
  static constexpr int drops[] = {0, 0, 1, 5, 20, 100};
  static constexpr int seeds[] = {1, 5, 20, 100};
  for (int round = 0; round < 20; ++round) {
    AlignOptions options = usual_options(Output::end);
    options.gap_open = random_.between(0, 11);
    options.gap_extend = random_.between(1, 3);
    options.band = random_.pick(bands);
    options.zdrop = random_.pick(drops);
    options.end_bonus = random_.between(0, 1) * 20;
    expect_same(options, diverging_pairs(random_, alphabet(), random_.pick(lengths), random_.pick(seeds)));
    if (HasFatalFailure()) return;
  }
}

// Most extensions stop in their first rows; the others stay, with letters and bands of different lengths.
TEST_P(ExtendConformance, FewLanesGoOn) {
  for (const LengthRange lengths : {LengthRange{20, 200}, LengthRange{200, 260}}) {
    PairSet pairs = diverging_pairs(random_, alphabet(), lengths, 20);
    PairSet sparse;
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      const std::string unrelated = random_sequence(random_, alphabet(), static_cast<int>(pairs.target(pair).size()));
      sparse.add({pairs.query(pair), random_.chance(0.8) ? unrelated : pairs.query(pair) + unrelated.substr(0, 30)});
    }
    sparse.h0 = pairs.h0;
    expect_same(usual_options(Output::end), sparse);
  }
}

// Row 0 ends at the band, and later rows reach columns whose gap from the seed no row has overwritten.
TEST_P(ExtendConformance, SeedGapsBeyondTheBand) {
  for (int round = 0; round < 20; ++round) {
    AlignOptions options = usual_options(Output::end);
    options.matrix = uniform_matrix(alphabet(), random_.between(1, 3), random_.between(10, 100));
    options.gap_open = random_.between(10, 60);
    options.gap_extend = random_.between(1, 2);
    options.band = random_.between(2, 20);
    options.zdrop = random_.pick(std::vector{0, 100});
    PairSet pairs = diverging_pairs(random_, alphabet(), {30, 60}, 100);
    expect_same(options, pairs);
    if (HasFatalFailure()) return;
  }
}

// Scores and lengths of which the last ones do not fit into 8 bits.
TEST_P(ExtendConformance, LimitsOfBytes) {
  PairSet pairs;
  for (const int length : {1, 30, 240, 249, 250, 251, 252, 253, 254, 255, 256}) {
    const std::string sequence = random_sequence(random_, alphabet(), length);
    const std::string longer = sequence + random_sequence(random_, alphabet(), 10);
    for (const int total : {246, 247, 248, 249, 250, 251, 252, 253, 254, 255, 256, 257, 300}) {
      if (total <= length) continue;
      for (const SequencePair& pair : {SequencePair{sequence, sequence}, {sequence, longer}, {longer, sequence}}) {
        pairs.add(pair);
        pairs.h0.push_back(total - length);
      }
    }
  }
  for (const int mismatch : {0, 4, 128}) {
    for (const int band : {-1, 3}) {
      AlignOptions options = usual_options(Output::end);
      options.matrix = uniform_matrix(alphabet(), 1, mismatch);
      options.band = band;
      expect_same(options, pairs);
    }
  }
}

// Penalties and z-drops of which the last ones do not fit into 8 bits.
TEST_P(ExtendConformance, PenaltiesAroundTheLimitsOfBytes) {
  const PairSet pairs = diverging_pairs(random_, alphabet(), {30, 60}, 150);
  for (const int penalty : {126, 127, 128, 253, 254, 255, 256, 300}) {
    AlignOptions options = usual_options(Output::end);
    options.gap_open = penalty;
    options.zdrop = penalty;
    expect_same(options, pairs);
    options.gap_open = 0;
    options.gap_extend = penalty;
    expect_same(options, pairs);
  }
}

}  // namespace
}  // namespace anneal::test

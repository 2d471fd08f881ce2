// Local alignments of which much is left out, because of a guessed or a least score, in sequences full of ties.
#include <algorithm>

#include "conformance/conformance.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

// A batch is long enough for guesses, which are made after 128 pairs.
constexpr int pairs_per_batch = 1000;

// Pairs of each backend: ANNEAL_TEST_PAIRS, else 10^5, or 10^6 nightly.
int batch_count() { return static_cast<int>(1 + pairs_per_test(nightly() ? 1'000'000 : 100'000) / pairs_per_batch); }

std::string repeated(std::string_view unit, int length) {
  std::string sequence;
  while (static_cast<int>(sequence.size()) < length) sequence += unit;
  sequence.resize(static_cast<std::size_t>(length));
  return sequence;
}

// Two letters, or repeats of one short unit with few errors.
std::string simple_sequence(Random& random, int length) {
  std::string unit;
  const std::string_view letters = random.chance(0.5) ? "AT" : "ACGT";
  const int unit_length = random.chance(0.3) ? length : random.between(1, 8);
  while (static_cast<int>(unit.size()) < std::max(unit_length, 1)) unit += random.pick(letters);
  return repeated(unit, length);
}

// Most targets hold the query, so that guesses are high; the others have less of it, or nothing.
SequencePair simple_pair(Random& random, int shortest, int longest) {
  std::string query = simple_sequence(random, random.between(shortest, longest));
  if (random.chance(0.05)) return {query, simple_sequence(random, random.between(1, longest))};
  std::string target = mutate(random, Alphabet::dna, query, random.chance(0.2) ? 0.15 : 0.02);
  if (random.chance(0.2)) target = query.substr(query.size() * random.below(3) / 4);
  for (std::string* end : {&target, random.chance(0.2) ? &query : &target}) {
    const int more = random.between(0, longest / 3);
    if (random.chance(0.5)) *end += random.chance(0.5) ? repeated(query, more) : simple_sequence(random, more);
    if (random.chance(0.5)) end->insert(0, simple_sequence(random, more));
  }
  return random.chance(0.1) ? SequencePair{target, query} : SequencePair{query, target};
}

// Two pieces in common, between which one side has more letters.
SequencePair pair_with_gap(Random& random, int shortest_piece, int longest_piece) {
  const std::string first = simple_sequence(random, random.between(shortest_piece, longest_piece));
  const std::string second = simple_sequence(random, random.between(shortest_piece, longest_piece));
  const std::string both = first + second, apart = first + simple_sequence(random, random.between(1, 14)) + second;
  return random.chance(0.3) ? SequencePair{apart, both} : SequencePair{both, apart};
}

void add_copies(PairSet& pairs, const SequencePair& pair, int copies) {
  for (int copy = 0; copy < copies; ++copy) pairs.add(pair);
}

PairSet simple_pairs(Random& random, int shortest, int longest, int count = pairs_per_batch) {
  PairSet pairs;
  for (int pair = 0; pair < count; ++pair) pairs.add(simple_pair(random, shortest, longest));
  return pairs;
}

AlignOptions any_options(Random& random) {
  constexpr int matches[] = {1, 1, 1, 2, 5, 30};
  AlignOptions options;
  options.mode = Mode::local;
  options.output = random.pick(all_outputs);
  options.matrix = SubstitutionMatrix::match_mismatch(random.pick(matches), random.between(0, 6));
  options.gap_open = random.between(0, 7);
  options.gap_extend = random.between(0, 3);
  return options;
}

TEST_P(LocalDnaConformance, GuessesAmongTies) {
  for (int batch = 0; batch < batch_count() && !HasFatalFailure(); ++batch) {
    const int longest = random_.chance(0.1) ? 120 : random_.between(10, 40);
    const int shortest = random_.chance(0.5) ? std::max(longest - 5, 1) : random_.between(1, longest);
    expect_same(any_options(random_), simple_pairs(random_, shortest, longest));
  }
}

// The same bound for all, where pairs differ in length.
TEST_P(LocalDnaConformance, LeastScoresAmongTies) {
  for (int batch = 0; batch < batch_count() / 4 && !HasFatalFailure(); ++batch) {
    AlignOptions options = any_options(random_);
    const int longest = random_.between(10, 40);
    options.min_score = random_.between(1, longest * std::max(options.matrix.highest(), 1));
    expect_same(options, simple_pairs(random_, random_.between(1, longest), longest));
  }
}

// Copies of one pair fill all lanes, so that no other keeps cells alive.
TEST_P(LocalDnaConformance, LeastScoresOfCopies) {
  for (int round = 0; round < batch_count() * 5 && !HasFatalFailure(); ++round) {
    const SequencePair pair = random_.chance(0.7) ? pair_with_gap(random_, 4, 30) : simple_pair(random_, 5, 40);
    AlignOptions options = any_options(random_);
    PairSet one;
    one.add(pair);
    const std::int32_t score = Aligner(options, {.backend = "scalar", .threads = 1}).align(one.batch())[0].score;
    options.min_score = std::max(1, score + random_.between(-4, 1));
    PairSet pairs;
    add_copies(pairs, pair, 33);
    expect_same(options, pairs);
  }
}

// Two pieces of the query, of which the first begins somewhere, on diagonals of which the second is further right.
std::string query_in_pieces(Random& random, const std::string& query, int middle, std::size_t length) {
  const auto up_to = [&](int most) { return static_cast<std::size_t>(random.between(0, most)); };
  const std::size_t begin = 1 + up_to(middle - 2), split = static_cast<std::size_t>(middle) + up_to(10) - 2;
  const std::size_t shift = up_to(4), apart = 4 * (1 + up_to(2));
  std::string target = random_sequence(random, Alphabet::dna, static_cast<int>(begin + shift));
  target += query.substr(begin, split - begin);
  target += random_sequence(random, Alphabet::dna, static_cast<int>(apart));
  target += query.substr(split);
  target.resize(length, 'A');
  return target;
}

// The others share vectors with pairs of which much is filled elsewhere; what is left out between their pieces must not
// make their score look higher than it is.
TEST_P(LocalDnaConformance, PairsThatScoreLessThanGuessed) {
  for (int round = 0; round < batch_count() && !HasFatalFailure(); ++round) {
    const int piece = random_.between(15, 40), gap = random_.between(4, 16);
    const auto random = [&](int length) { return random_sequence(random_, alphabet(), length); };
    AlignOptions options = usual_options(random_.pick(all_outputs));
    options.matrix = SubstitutionMatrix::match_mismatch(1, random_.between(3, 7));
    options.gap_open = random_.between(6, 14);
    PairSet pairs;
    for (int pair = 0; pair < 400; ++pair) {
      std::string query = random(2 * piece);
      std::string target = query;
      target.insert(static_cast<std::size_t>(piece), random(gap));
      if (random_.chance(0.1)) target = query_in_pieces(random_, query, piece, target.size());
      pairs.add({query, target});
    }
    expect_same(options, pairs);
  }
}

// Scores that need 16 and 32 bits, and blocks of rows in 8.
TEST_P(LocalDnaConformance, GuessesAmongTiesOfLongPairs) {
  for (const int match : {1, 2, 3, 120}) {
    AlignOptions options = any_options(random_);
    options.matrix = SubstitutionMatrix::match_mismatch(match, match + random_.between(0, 3));
    options.gap_open = match * random_.between(1, 6);
    options.gap_extend = match > 100 ? match : random_.between(1, 2);
    expect_same(options, simple_pairs(random_, 200, match > 100 ? 620 : 400, 300));
  }
}

// The diagonals that the least score allows have more than a seventh of the cells. GPUs fill all cells.
TEST_P(LocalDnaConformance, LeavesOutWhatCannotReachTheLeastScore) {
  if (backend() == "scalar" || backend().starts_with("cuda") || backend().starts_with("metal")) return;
  PairSet pairs;
  for (int pair = 0; pair < 256; ++pair) {
    const std::string sequence = random_sequence(random_, alphabet(), 150);
    pairs.add({sequence, sequence});
  }
  AlignOptions options = usual_options(Output::end);
  options.matrix = SubstitutionMatrix::match_mismatch(1, 4);
  options.gap_open = 6;
  options.gap_extend = 1;
  options.min_score = 140;
  const AlignResults results = Aligner(options, {.backend = backend(), .threads = 1}).align(pairs.batch());
  EXPECT_LT(results.cells_computed, 256u * 150 * 150 / 10);
  expect_same(options, pairs);
}

TEST_P(LocalDnaConformance, RepeatsThatEndTwice) {
  PairSet pairs;
  for (int pair = 0; pair < pairs_per_batch; ++pair) {
    const std::string unit = random_sequence(random_, alphabet(), random_.between(2, 6));
    const int length = static_cast<int>(unit.size()) + random_.between(1, 12);
    pairs.add({repeated(unit, length + static_cast<int>(unit.size()) * random_.between(0, 2)), repeated(unit, length)});
  }
  expect_same_outputs(usual_options(Output::path), pairs);
}

}  // namespace
}  // namespace anneal::test

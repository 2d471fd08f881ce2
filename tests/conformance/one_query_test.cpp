// One query with many targets: local scores by a matrix then come from lanes that share their rows.
#include "conformance/conformance.h"
#include "support/compare.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"

namespace anneal::test {
namespace {

// Relatives of the query, pieces of it and strangers, some of them empty.
PairSet targets_of(Random& random, Alphabet alphabet, const std::string& query, int count, int longest) {
  PairSet pairs;
  pairs.add_query(query);
  for (int target = 0; target < count; ++target) {
    const int length = random.between(0, longest);
    const std::size_t from = random.below(query.size());
    pairs.add_target(random.chance(0.3) ? mutate(random, alphabet, query.substr(from, static_cast<std::size_t>(length)),
                                                 0.05 * random.between(0, 8))
                                        : random_sequence(random, alphabet, length));
  }
  return pairs;
}

TEST_P(LocalConformance, OneQueryOfAnyLength) {
  for (const int length : {1, 2, 15, 16, 17, 31, 32, 33, 47, 255, 256, 257, 300, 700}) {
    const std::string query = random_sequence(random_, alphabet(), length);
    for (const int count : {2, 15, 33, 64, 150}) {
      AlignOptions options = usual_options(random_.pick(all_outputs));
      if (alphabet() == Alphabet::dna) options.matrix = random_matrix(random_, alphabet(), -9, 9);
      expect_same(options, targets_of(random_, alphabet(), query, count, random_.between(1, 150)));
      if (HasFatalFailure()) return;
    }
  }
}

// As many rows as lanes can number, and more.
TEST_P(LocalConformance, OneLongQuery) {
  for (const int length : {4095, 4096, 4097, 5000}) {
    AlignOptions options = usual_options(Output::end);
    if (alphabet() == Alphabet::dna) options.matrix = uniform_matrix(alphabet(), 1, 2);
    PairSet pairs = targets_of(random_, alphabet(), random_sequence(random_, alphabet(), length), 130, 40);
    pairs.add_target(pairs.query(0).substr(pairs.query(0).size() - 30));
    expect_same(options, pairs);
    if (HasFatalFailure()) return;
  }
}

TEST_P(LocalConformance, OneQueryUnderAnyOptions) {
  for (int round = 0; round < 24; ++round) {
    const std::string query = random_sequence(random_, alphabet(), random_length(random_, {1, 400}));
    AlignOptions options = usual_options(random_.pick(all_outputs));
    options.matrix = any_matrix(random_, alphabet());
    options.gap_open = random_.between(0, 14);
    options.gap_extend = random_.between(0, 4);
    expect_same(options, targets_of(random_, alphabet(), query, random_.between(1, 160), 200), {.threads = 2});
    if (HasFatalFailure()) return;
  }
}

TEST_P(LocalConformance, OneQueryWithAnyGapCosts) {
  const std::string query = random_sequence(random_, alphabet(), 200);
  const PairSet pairs = targets_of(random_, alphabet(), query, 80, 250);
  const std::pair<int, int> gaps[] = {{0, 0},   {0, 1},   {10, 1},  {11, 1},  {5, 0},     {100, 10},
                                      {200, 2}, {230, 1}, {0, 127}, {300, 1}, {32767, 1}, {32767, 32767}};
  for (const auto& [gap_open, gap_extend] : gaps) {
    AlignOptions options = usual_options(random_.pick(all_outputs));
    if (alphabet() == Alphabet::dna) options.matrix = random_matrix(random_, alphabet(), -5, 6);
    options.gap_open = gap_open;
    options.gap_extend = gap_extend;
    expect_same(options, pairs);
    if (HasFatalFailure()) return;
  }
}

// Targets that need 8, 16 and 32 bits.
TEST_P(LocalConformance, OneQueryOfAnyScore) {
  const std::string query = random_sequence(random_, alphabet(), 700);
  PairSet pairs = targets_of(random_, alphabet(), query, 200, 60);
  for (const int length : {20, 22, 24, 25, 500, 515, 517, 600, 700}) {
    for (int copy = 0; copy < 12; ++copy) {
      pairs.add_target(mutate(random_, alphabet(), query.substr(0, static_cast<std::size_t>(length)), 0.005 * copy));
    }
  }
  for (const int match : {5, 10, 100, 127}) {
    for (const int threads : {1, 2}) {
      AlignOptions options = usual_options(threads == 1 ? Output::end : Output::path);
      options.gap_extend = match == 127 ? 0 : 1;
      options.matrix = make_matrix(alphabet(), [&](int q, int t) { return q == t ? match : -3 - (q + 2 * t) % 5; });
      expect_same(options, pairs, {.threads = threads});
      if (HasFatalFailure()) return;
    }
  }
}

// Equal ends in several lanes, blocks of rows and tiles.
TEST_P(LocalConformance, OneQueryThatRepeats) {
  const std::string unit = random_sequence(random_, alphabet(), 7);
  std::string query;
  for (int copy = 0; copy < 60; ++copy) query += unit;
  AlignOptions options = usual_options(Output::end);
  if (alphabet() == Alphabet::dna) options.matrix = random_matrix(random_, alphabet(), -5, 6);
  expect_same_outputs(options, targets_of(random_, alphabet(), query, 200, 60));
}

// Pairs that name the same text, next to others.
TEST_P(LocalConformance, NeighboursWithOneQuery) {
  AlignOptions options = usual_options(Output::path);
  if (alphabet() == Alphabet::dna) options.matrix = random_matrix(random_, alphabet(), -5, 6);
  PairSet pairs;
  std::vector<std::size_t> first_of_run;
  for (const int count : {1, 70, 2, 150, 1, 1, 64}) {
    const std::string query = random_sequence(random_, alphabet(), random_.between(1, 200));
    const std::size_t first = pairs.size();
    for (int target = 0; target < count; ++target, first_of_run.push_back(first)) {
      const bool related = random_.chance(0.5);
      pairs.add({query, related ? mutate(random_, alphabet(), query, 0.2)
                                : random_sequence(random_, alphabet(), random_.between(0, 200))});
    }
  }
  const PairBatch apart = pairs.batch();
  std::vector<std::string_view> queries;
  for (const std::size_t first : first_of_run) queries.push_back(apart.queries[first]);
  const AlignResults expected = Aligner(options, {.backend = "scalar", .threads = 1}).align(apart);
  for (const int threads : {1, 2}) {
    const Aligner aligner(options, {.backend = backend(), .threads = threads});
    EXPECT_FALSE(first_difference(expected, aligner.align({.queries = queries, .targets = apart.targets})).has_value());
  }
}

}  // namespace
}  // namespace anneal::test

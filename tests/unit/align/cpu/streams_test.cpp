#include "align/cpu/streams.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "align/scalar/row_fill.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/cpu/stage_of_pairs.h"
#include "unit/align/cpu/vector_backends.h"
#include "unit/align/sample_problem.h"

namespace anneal::align::cpu {
namespace {

AlignOptions local_options(const SubstitutionMatrix& matrix, int gap_open, int gap_extend) {
  AlignOptions options;
  options.mode = Mode::local;
  options.output = Output::end;
  options.matrix = matrix;
  options.gap_open = gap_open;
  options.gap_extend = gap_extend;
  return options;
}

BestEnd specified(const AlignOptions& options, const test::PairSet& pairs, std::size_t pair) {
  const test::SampleProblem sample(options, pairs.query(pair), pairs.target(pair));
  return scalar::RowFill(*sample).find_end(sample.ends());
}

void expect_ends(test::StageOfPairs& of, const std::vector<Item>& items, StreamKind kind, const test::PairSet& pairs,
                 const std::vector<BestEnd>& expected) {
  const StreamFrame& frame = of.stage.local.stream_frames[static_cast<std::size_t>(items.front().width)];
  Streams streams(of.stage, items, kind, of.memory.scratch);
  const std::vector<BestEnd>& ends = streams.find_ends();
  ASSERT_EQ(ends.size(), pairs.size());
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    SCOPED_TRACE(pairs.query(pair) + "\n" + pairs.target(pair));
    if (ends[pair].i == Streams::overflowed) {
      ASSERT_GT(frame.times * expected[pair].score, frame.most);
      continue;
    }
    ASSERT_EQ(ends[pair].score, expected[pair].score);
    if (expected[pair].score == 0 || of.stage.run.options().output == Output::score) continue;
    ASSERT_EQ(ends[pair].i, expected[pair].i);
    ASSERT_EQ(ends[pair].j, expected[pair].j);
  }
}

std::vector<Item> items_of(const test::PairSet& pairs, Width width) {
  std::vector<Item> items;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    items.push_back({.pair = pair,
                     .rows = static_cast<std::int32_t>(pairs.query(pair).size()),
                     .columns = static_cast<std::int32_t>(pairs.target(pair).size()),
                     .width = width});
  }
  return items;
}

// Where cells are not asked for, a stream of one query finds none.
void expect_scores(const Kernels& kernels, AlignOptions options, test::PairSet& pairs, const std::vector<Item>& items,
                   const std::vector<BestEnd>& expected) {
  SCOPED_TRACE("only scores");
  options.output = Output::score;
  test::StageOfPairs of(kernels, pairs.batch(), options);
  expect_ends(of, items, StreamKind::one_query, pairs, expected);
}

void expect_as_specified(const AlignOptions& options, test::PairSet pairs, bool has_one_query = false) {
  std::vector<BestEnd> expected;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) expected.push_back(specified(options, pairs, pair));
  for (const auto& [name, kernels] : test::vector_backends()) {
    test::StageOfPairs of(*kernels, pairs.batch(), options);
    for (const Width width : {width8, width16}) {
      const StreamFrame& frame = of.stage.local.stream_frames[static_cast<std::size_t>(width)];
      if (!frame.possible) continue;
      SCOPED_TRACE(name + ", " + std::to_string(kernels->width[width].bits) + " bits, " + test::describe(options));
      const std::vector<Item> items = items_of(pairs, width);
      expect_ends(of, items, StreamKind::profiles, pairs, expected);
      if (std::ranges::all_of(items, [&](const Item& item) { return Streams::can_look_pairs_up(of.stage, item); })) {
        SCOPED_TRACE("by pairs");
        expect_ends(of, items, StreamKind::pairs, pairs, expected);
      }
      if (has_one_query) {
        SCOPED_TRACE("one query");
        expect_ends(of, items, StreamKind::one_query, pairs, expected);
        expect_scores(*kernels, options, pairs, items, expected);
      }
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(Streams, FindTheEndsOfTheSpecification) {
  test::Random random(test::seed_of("Streams"));
  for (int round = 0; round < 12; ++round) {
    const AlignOptions options =
        local_options(test::any_matrix(random, Alphabet::protein), random.between(0, 14), random.between(0, 3));
    const auto count = static_cast<std::size_t>(random.between(1, 60));
    expect_as_specified(options, test::random_pairs(random, Alphabet::protein, count, {1, 300}, {1, 300}));
    if (HasFatalFailure()) return;
  }
}

// Pairs of several parts of the most rows, between short ones.
TEST(Streams, CutLongPairsIntoParts) {
  test::Random random(test::seed_of("LongStreams"));
  const AlignOptions options = local_options(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  test::PairSet pairs = test::random_pairs(random, Alphabet::protein, 150, {1, 400}, {1, 100});
  for (const int rows : {255, 256, 257, 512, 1300, 3000}) {
    pairs.add(test::random_pair(random, Alphabet::protein, test::PairKind::mutated, rows, rows + 3));
    pairs.add(test::random_pair(random, Alphabet::protein, test::PairKind::unrelated, rows, 40));
  }
  expect_as_specified(options, pairs);
}

// The best score occurs in several parts: the first column counts, and in it the first row.
TEST(Streams, ChooseAmongEqualEnds) {
  const AlignOptions options = local_options(test::uniform_matrix(Alphabet::protein, 2, 3), 4, 1);
  test::PairSet pairs;
  const std::string gap(37, 'G'), motif = "ACDEF", far(300, 'W');
  for (const std::string& between : {gap, far}) {
    pairs.add({motif + between + motif, far + motif + between + motif});
    pairs.add({"ACDE" + between + motif, "ACDEF"});
    pairs.add({motif + between + "HIKLM", "HIKLM" + gap + motif});
    pairs.add({"HIKLM" + between + motif, "HIKLM" + gap + motif});
  }
  expect_as_specified(options, pairs);
  const std::string same(500, 'A');
  const AlignOptions free_gaps = local_options(test::uniform_matrix(Alphabet::protein, 1, 1), 0, 0);
  expect_as_specified(free_gaps, pairs);
  pairs.add({same, same.substr(0, 30)});
  pairs.add({same.substr(0, 30), same});
  expect_as_specified(options, pairs);
}

// Letters that have numbers, with X and ends of every length: a stream by pairs and one by profiles.
TEST(Streams, LookUpPairsOfLetters) {
  test::Random random(test::seed_of("StreamsByPairs"));
  const AlignOptions options = local_options(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  for (int round = 0; round < 6; ++round) {
    test::PairSet pairs;
    for (int pair = random.between(1, 150); pair > 0; --pair) {
      const auto sequence = [&](int longest) {
        std::string letters(static_cast<std::size_t>(random.between(1, longest)), ' ');
        for (char& letter : letters) letter = "ARNDCQEGHILKMFPSTWYVX"[random.between(0, 20)];
        return letters;
      };
      const std::string query = sequence(600);
      pairs.add({query, random.between(0, 2) == 0 ? sequence(9) + query.substr(query.size() / 3) : sequence(500)});
    }
    expect_as_specified(options, pairs);
    if (HasFatalFailure()) return;
  }
}

test::PairSet targets_of(test::Random& random, const std::string& query, int count, int longest) {
  test::PairSet pairs;
  pairs.add_query(query);
  for (int target = 0; target < count; ++target) {
    const int length = random.between(1, longest);
    const auto kind = random.pick(test::all_pair_kinds);
    const auto piece = query.substr(random.below(query.size()), static_cast<std::size_t>(length));
    pairs.add_target(random.chance(0.5) ? test::mutate(random, Alphabet::protein, piece, 0.1) + "W"
                                        : test::random_pair(random, Alphabet::protein, kind, 1, length).target);
  }
  return pairs;
}

TEST(Streams, ShareOneQuery) {
  test::Random random(test::seed_of("OneQueryStreams"));
  for (const int length : {1, 15, 16, 17, 31, 33, 256, 257, 300}) {
    const AlignOptions options =
        local_options(test::any_matrix(random, Alphabet::protein), random.between(0, 14), random.between(0, 3));
    const std::string query = test::random_sequence(random, Alphabet::protein, length);
    expect_as_specified(options, targets_of(random, query, random.between(1, 160), 200), true);
    if (HasFatalFailure()) return;
  }
}

// Rows are numbered in 8 bits, by blocks.
TEST(Streams, ShareOneQueryOfAsManyRowsAsThereMayBe) {
  test::Random random(test::seed_of("OneLongQuery"));
  const AlignOptions options = local_options(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  const std::string query = test::random_sequence(random, Alphabet::protein, static_cast<int>(most_query_rows));
  test::PairSet pairs = targets_of(random, query, 70, 30);
  pairs.add_target(query.substr(query.size() - 20));
  expect_as_specified(options, pairs, true);
}

TEST(Streams, OfOneQueryChooseAmongEqualEnds) {
  const AlignOptions options = local_options(test::uniform_matrix(Alphabet::protein, 2, 3), 4, 1);
  const std::string gap(37, 'G'), motif = "ACDEF";
  test::PairSet pairs;
  pairs.add_query(motif + gap + motif + motif + gap + gap + "HIKLM" + motif);
  for (const std::size_t shift : {0, 1, 2, 3, 4, 17}) {
    const std::string far(shift, 'W');
    pairs.add_target(far + motif);
    pairs.add_target(far + motif + far + motif);
    pairs.add_target(far + "HIKLM" + motif.substr(0, shift));
    pairs.add_target(far + "GGGGG" + far + "HIKLM" + far + motif);
  }
  expect_as_specified(options, pairs, true);
  expect_as_specified(local_options(test::uniform_matrix(Alphabet::protein, 1, 1), 0, 0), pairs, true);
}

TEST(Streams, LookUpPairsWhereLettersHaveNumbers) {
  const AlignOptions options = local_options(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  test::PairSet pairs;
  pairs.add({"ARNDCQEGHILKMFPSTWYVX", "XVYWTSPFMKLIHGEQCDNRA"});
  pairs.add({"ARNDB", "ARND"});
  pairs.add({"ARND", "ARNDZ"});
  for (const auto& [name, kernels] : test::vector_backends()) {
    const test::StageOfPairs of(*kernels, pairs.batch(), options);
    EXPECT_EQ(Streams::can_look_pairs_up(of.stage, {.pair = 0}), kernels->streams_look_pairs_up) << name;
    EXPECT_FALSE(Streams::can_look_pairs_up(of.stage, {.pair = 1})) << name;
    EXPECT_FALSE(Streams::can_look_pairs_up(of.stage, {.pair = 2})) << name;
  }
}

TEST(Streams, SayWhichPairsOverflow) {
  test::Random random(test::seed_of("StreamOverflow"));
  const AlignOptions options = local_options(test::uniform_matrix(Alphabet::protein, 100, 90), 100, 3);
  test::PairSet pairs;
  for (int length = 1; length < 900; length += random.between(1, 40)) {
    const std::string query = test::random_sequence(random, Alphabet::protein, length);
    pairs.add({query, test::mutate(random, Alphabet::protein, query, 0.1) + "A"});
  }
  expect_as_specified(options, pairs);
}

TEST(Streams, SayWhichTargetsOfOneQueryOverflow) {
  test::Random random(test::seed_of("OneQueryOverflow"));
  const AlignOptions options = local_options(test::uniform_matrix(Alphabet::protein, 100, 90), 100, 3);
  const std::string query = test::random_sequence(random, Alphabet::protein, 900);
  test::PairSet pairs;
  pairs.add_query(query);
  for (std::size_t length = 1; length < 900; length += random.below(40)) {
    pairs.add_target(test::mutate(random, Alphabet::protein, query.substr(0, length), 0.1) + "A");
  }
  expect_as_specified(options, pairs, true);
}

std::size_t count_overflowed(const Kernels& kernels, const AlignOptions& options, test::PairSet& pairs,
                             StreamKind kind) {
  test::StageOfPairs of(kernels, pairs.batch(), options);
  const std::vector<Item> items = items_of(pairs, width8);
  Streams streams(of.stage, items, kind, of.memory.scratch);
  return static_cast<std::size_t>(
      std::ranges::count(streams.find_ends(), Streams::overflowed, [](const BestEnd& end) { return end.i; }));
}

TEST(Streams, HoldScoresOfRelativesIn8Bits) {
  test::Random random(test::seed_of("StreamsOfRelatives"));
  const AlignOptions options = local_options(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  test::PairSet pairs;
  for (int pair = 0; pair < 100; ++pair) {
    const std::string query =
        test::random_sequence(random, Alphabet::protein, random.between(60, pair < 90 ? 400 : 1500));
    pairs.add({query, test::mutate(random, Alphabet::protein, query, 0.1)});
  }
  expect_as_specified(options, pairs);
  for (const auto& [name, kernels] : test::vector_backends()) {
    EXPECT_EQ(count_overflowed(*kernels, options, pairs, StreamKind::profiles), 0U) << name;
  }
}

TEST(Streams, HoldScoresOfTheRelativesOfOneQueryIn8Bits) {
  test::Random random(test::seed_of("StreamsOfOnesRelatives"));
  const AlignOptions options = local_options(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  const std::string query = test::random_sequence(random, Alphabet::protein, 700);
  test::PairSet pairs;
  pairs.add_query(query);
  for (int target = 0; target < 90; ++target) pairs.add_target(test::mutate(random, Alphabet::protein, query, 0.1));
  expect_as_specified(options, pairs, true);
  for (const auto& [name, kernels] : test::vector_backends()) {
    EXPECT_EQ(count_overflowed(*kernels, options, pairs, StreamKind::one_query), 0U) << name;
  }
}

// No alignment goes through both domains, but one through the second is higher when it starts at a base.
TEST(Streams, SayWhereLiftedScoresMayBeTheBest) {
  test::Random random(test::seed_of("StreamsOfDomains"));
  const AlignOptions options = local_options(SubstitutionMatrix::builtin("BLOSUM62"), 11, 1);
  test::PairSet pairs;
  for (int pair = 0; pair < 80; ++pair) {
    const auto domain = [&](int length) { return test::random_sequence(random, Alphabet::protein, length); };
    const std::string first = domain(random.between(80, 300)), second = domain(random.between(30, 60));
    pairs.add({second + domain(20) + first, first + domain(20) + second});
  }
  expect_as_specified(options, pairs);
  for (const auto& [name, kernels] : test::vector_backends()) {
    EXPECT_GT(count_overflowed(*kernels, options, pairs, StreamKind::profiles), 0U) << name;
  }
}

}  // namespace
}  // namespace anneal::align::cpu

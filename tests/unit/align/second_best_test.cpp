#include "align/second_best.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "align/scalar/scalar_engine.h"
#include "support/random_options.h"
#include "support/random_pairs.h"

namespace anneal::align {
namespace {

constexpr int none = std::numeric_limits<int>::min() / 2;

// The highest H of each column, from 1, by the recurrence as docs/alignment.md has it.
std::vector<std::int32_t> best_of_columns(const AlignOptions& options, const std::string& query,
                                          const std::string& target) {
  const std::string q = test::encode(query, options.matrix), t = test::encode(target, options.matrix);
  std::vector<int> left(q.size() + 1, 0), deletion(q.size() + 1, none);
  std::vector<std::int32_t> best;
  for (std::size_t j = 1; j <= t.size(); ++j) {
    std::vector<int> h(q.size() + 1, 0);
    int insertion = none;
    best.push_back(0);
    for (std::size_t i = 1; i <= q.size(); ++i) {
      deletion[i] = std::max(deletion[i], left[i] - options.gap_open) - options.gap_extend;
      insertion = std::max(insertion, h[i - 1] - options.gap_open) - options.gap_extend;
      h[i] = std::max({0, left[i - 1] + options.matrix.score(q[i - 1], t[j - 1]), deletion[i], insertion});
      best.back() = std::max(best.back(), h[i]);
    }
    left = h;
  }
  return best;
}

SecondBest second_best_of(const std::vector<std::int32_t>& columns, std::int64_t best_end, std::int64_t distance) {
  SecondBest second;
  for (std::size_t column = 0; column < columns.size(); ++column) {
    const auto end = static_cast<std::int64_t>(column + 1);
    if (std::abs(end - best_end) <= distance || columns[column] <= second.score) continue;
    second = {columns[column], static_cast<std::int32_t>(end)};
  }
  return second;
}

AlignResults align_by_scalar(const PairBatch& pairs, const AlignOptions& options, const RunControl& control = {}) {
  AlignResults results;
  execute_with_second_best(scalar::ScalarEngine(1, Aligner::min_memory), Batch(pairs, options), options, control,
                           results);
  return results;
}

TEST(SecondBest, IsTheBestColumnFarFromTheBestEnd) {
  test::Random random(77);
  for (int round = 0; round < 200; ++round) {
    const Alphabet alphabet = round % 2 == 0 ? Alphabet::dna : Alphabet::protein;
    AlignOptions options = test::random_options(random, Mode::local, alphabet);
    options.output = Output::end;
    options.band = -1;
    const bool is_half = random.chance(0.3);
    const int distance = random.between(0, 60);
    options.second_best_distance = is_half ? AlignOptions::half_the_query : distance;
    test::PairSet pairs = test::random_pairs(random, alphabet, 4, {0, 60}, {0, 120});
    const AlignResults results = align_by_scalar(pairs.batch(), options);
    ASSERT_EQ(results.second_best.size(), pairs.size());
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      SecondBest expected;
      if (results[pair].status == Status::aligned) {
        const auto half = std::max<std::int64_t>(static_cast<std::int64_t>(pairs.query(pair).size()) / 2, 15);
        expected = second_best_of(best_of_columns(options, pairs.query(pair), pairs.target(pair)),
                                  results[pair].target_end, is_half ? half : distance);
      }
      EXPECT_EQ(results.second_best[pair], expected) << test::describe(options) << '\n'
                                                     << pairs.query(pair) << '\n'
                                                     << pairs.target(pair);
    }
  }
}

TEST(SecondBest, IsNoneWhereThePairIsUnaligned) {
  test::PairSet pairs;
  pairs.add({"ACGTACGT", "ACGTACGTTTTACGTACGT"});
  AlignOptions options{.mode = Mode::local, .output = Output::end, .second_best_distance = 3};
  EXPECT_EQ(align_by_scalar(pairs.batch(), options).second_best.front(), (SecondBest{8, 19}));
  options.min_score = 9;
  EXPECT_EQ(align_by_scalar(pairs.batch(), options).second_best.front(), SecondBest{});
}

// Which is for the best one.
TEST(SecondBest, MayScoreLessThanTheLeastScore) {
  test::PairSet pairs;
  pairs.add({"ACGTACGT", "ACGTACGTTTTACGTAC"});
  const AlignOptions options{.mode = Mode::local, .output = Output::end, .second_best_distance = 3, .min_score = 8};
  EXPECT_EQ(align_by_scalar(pairs.batch(), options).second_best.front(), (SecondBest{6, 17}));
}

TEST(SecondBest, HasProgressThatRisesToTheWhole) {
  test::Random random(5);
  test::PairSet pairs = test::random_pairs(random, Alphabet::dna, 10, {1, 30}, {1, 30});
  std::uint64_t before = 0;
  const RunControl control{.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, pairs.size());
    EXPECT_GE(done, before);
    before = done;
  }};
  align_by_scalar(pairs.batch(), {.mode = Mode::local, .output = Output::end, .second_best_distance = 0}, control);
  EXPECT_EQ(before, pairs.size());
}

// An engine that says what it was asked.
class CountingEngine final : public Engine {
 public:
  std::string_view name() const override { return "counting"; }
  bool is_available() const override { return true; }
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions&, const RunControl&, AlignResults& results) const override {
    ++passes_;
    results = {};
    results.alignments.resize(batch.size());
    results.fallbacks = 1;
    results.cells_computed = 10;
    results.kernel_seconds = 0.5;
    if (batch.has_excluded_ends()) results.warning = "a warning";
  }

  int passes() const { return passes_; }

 private:
  mutable int passes_ = 0;
};

TEST(SecondBest, CountsBothPasses) {
  test::PairSet pairs;
  pairs.add({"ACGT", "ACGT"});
  const CountingEngine engine;
  AlignOptions options{.mode = Mode::local, .output = Output::end};
  AlignResults results;
  execute_with_second_best(engine, Batch(pairs.batch(), options), options, {}, results);
  EXPECT_EQ(engine.passes(), 1);
  options.second_best_distance = 0;
  execute_with_second_best(engine, Batch(pairs.batch(), options), options, {}, results);
  EXPECT_EQ(engine.passes(), 3);
  EXPECT_EQ(results.fallbacks, 2u);
  EXPECT_EQ(results.cells_computed, 20u);
  EXPECT_EQ(results.kernel_seconds, 1.0);
  EXPECT_EQ(results.warning, "a warning");
}

}  // namespace
}  // namespace anneal::align

// The second-best local score and its end.
#include <algorithm>

#include "conformance/conformance.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

// The query twice, mutated or not, with other letters around.
SequencePair pair_with_copies(Random& random, Alphabet alphabet, int longest, double rate) {
  const std::string query = random_sequence(random, alphabet, random.between(1, longest));
  const auto flank = [&] { return random_sequence(random, alphabet, random.between(0, longest)); };
  const auto copy = [&] { return mutate(random, alphabet, query, rate); };
  return {query, flank() + copy() + flank() + copy() + flank()};
}

TEST_P(LocalConformance, SecondBestUnderRandomOptions) {
  static constexpr int distances[] = {AlignOptions::half_the_query, 0, 1, 15, 40, 500};
  for (std::size_t done = 0; done < pairs_per_test(nightly() ? 100'000 : 4'000) && !HasFatalFailure();) {
    AlignOptions options = random_options(random_, Mode::local, alphabet());
    if (options.output == Output::score) options.output = Output::end;
    options.second_best_distance = random_.chance(0.2) ? random_.between(0, 200) : random_.pick(distances);
    if (random_.chance(0.2)) options.min_score = random_.between(1, 100);
    const std::size_t count = random_.chance(0.2) ? 40 : 5;
    PairSet pairs = random_pairs(random_, alphabet(), count, {0, 150}, {0, 400});
    for (std::size_t pair = 0; pair < count; ++pair) pairs.add(pair_with_copies(random_, alphabet(), 100, 0.05));
    done += pairs.size();
    expect_same(options, pairs);
  }
}

TEST_P(LocalConformance, SecondBestOfOneQuery) {
  AlignOptions options = usual_options(Output::end);
  options.second_best_distance = 10;
  PairSet pairs;
  pairs.add_query(random_sequence(random_, alphabet(), 60));
  for (int target = 0; target < 70; ++target) {
    pairs.add_target(mutate(random_, alphabet(), pairs.query(0) + pairs.query(0), 0.1));
  }
  expect_same(options, pairs);
}

// Scores beyond 16 bits, and more antidiagonals than 16 bits number.
TEST_P(LocalConformance, SecondBestInEveryWidth) {
  AlignOptions options = usual_options(Output::end);
  options.second_best_distance = AlignOptions::half_the_query;
  PairSet pairs;
  for (const int length : {300, 540, 560, 700}) {
    const std::string query = random_sequence(random_, alphabet(), length);
    pairs.add({query, query + query});
  }
  for (const int match : {1, 60, 120}) {
    options.matrix = uniform_matrix(alphabet(), match, 4);
    expect_same(options, pairs);
  }
  PairSet long_target;
  const std::string query = random_sequence(random_, alphabet(), 40);
  long_target.add({query, query + random_sequence(random_, alphabet(), 66'000) + query});
  expect_same(options, long_target);
}

TEST_P(LocalConformance, TheSecondCopyIsAsGoodAsTheFirst) {
  AlignOptions options = usual_options(Output::end);
  options.second_best_distance = AlignOptions::half_the_query;
  PairSet pairs;
  for (int pair = 0; pair < 50; ++pair) {
    const std::string query = random_sequence(random_, alphabet(), random_.between(20, 80));
    pairs.add({query, query + random_sequence(random_, alphabet(), random_.between(0, 50)) + query});
  }
  const AlignResults results = Aligner(options, {.backend = backend(), .threads = 1}).align(pairs.batch());
  ASSERT_EQ(results.second_best.size(), pairs.size());
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    const auto query = static_cast<std::int32_t>(pairs.query(pair).size());
    const auto target = static_cast<std::int32_t>(pairs.target(pair).size());
    EXPECT_EQ(results[pair].target_end, query);
    EXPECT_EQ(results.second_best[pair], (SecondBest{results[pair].score, target}));
  }
}

TEST_P(LocalConformance, SecondBestEndsFarFromTheBest) {
  AlignOptions options = usual_options(Output::end);
  PairSet pairs;
  for (int pair = 0; pair < 50; ++pair) pairs.add(pair_with_copies(random_, alphabet(), 60, 0.1));
  std::vector<std::int32_t> before(pairs.size(), std::numeric_limits<std::int32_t>::max());
  for (const int distance : {0, 5, 20, 100}) {
    options.second_best_distance = distance;
    const AlignResults results = Aligner(options, {.backend = backend(), .threads = 1}).align(pairs.batch());
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      const SecondBest& second = results.second_best[pair];
      EXPECT_LE(second.score, results[pair].score);
      EXPECT_LE(second.score, before[pair]);
      before[pair] = second.score;
      if (second.score == 0) {
        EXPECT_EQ(second.target_end, -1);
      } else {
        EXPECT_GT(std::abs(second.target_end - results[pair].target_end), distance);
      }
    }
  }
}

TEST_P(LocalConformance, SecondBestIsThereOnlyWhereAskedFor) {
  PairSet pairs = random_pairs(random_, alphabet(), 3, {1, 50}, {1, 50});
  AlignOptions options = usual_options(Output::path);
  AlignResults results;
  options.second_best_distance = 0;
  Aligner(options, {.backend = backend(), .threads = 1}).align(pairs.batch(), results);
  EXPECT_EQ(results.second_best.size(), pairs.size());
  Aligner(usual_options(Output::path), {.backend = backend(), .threads = 1}).align(pairs.batch(), results);
  EXPECT_TRUE(results.second_best.empty());
}

}  // namespace
}  // namespace anneal::test

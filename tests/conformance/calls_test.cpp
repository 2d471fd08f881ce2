// How a batch is handed over must not change its results.
#include "conformance/conformance.h"
#include "support/compare.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

TEST_P(Conformance, BatchSizes) {
  for (const std::size_t size : {0, 1, 2, 63, 64, 65, 1000}) {
    expect_same(usual_options(size % 2 == 0 ? Output::path : Output::end),
                random_pairs(random_, alphabet(), size, {0, 50}, {0, 50}));
  }
}

// A pair's result does not depend on what else is in the batch.
TEST_P(Conformance, SplitBatches) {
  AlignOptions options = usual_options(Output::path);
  PairSet pairs = random_pairs(random_, alphabet(), 100, {0, 120}, {0, 120});
  if (mode() == Mode::extend) pairs.h0 = {25};
  const Aligner aligner(options, {.backend = backend(), .threads = 1});
  const AlignResults whole = aligner.align(pairs.batch());
  for (std::size_t pair = 0; pair < pairs.size(); pair += 7) {
    PairSet single = pairs.only(pair);
    EXPECT_EQ(describe(aligner.align(single.batch()), 0), describe(whole, pair));
  }
}

TEST_P(Conformance, OneQueryToManyTargets) {
  PairSet pairs;
  pairs.add_query(random_sequence(random_, alphabet(), 90));
  for (int target = 0; target < 200; ++target) {
    pairs.add_target(target % 3 == 0 ? mutate(random_, alphabet(), pairs.query(0), 0.1)
                                     : random_sequence(random_, alphabet(), random_length(random_, {0, 400})));
  }
  expect_same_outputs(usual_options(Output::path), pairs);
}

TEST_P(Conformance, ManyQueriesToOneTarget) {
  PairSet pairs;
  pairs.add_target(random_sequence(random_, alphabet(), 300));
  for (int query = 0; query < 200; ++query) {
    const int length = random_.between(0, 100);
    const std::string piece = pairs.target(0).substr(static_cast<std::size_t>(query), static_cast<std::size_t>(length));
    pairs.add_query(mutate(random_, alphabet(), piece, 0.05));
  }
  expect_same_outputs(usual_options(Output::path), pairs);
}

TEST_P(Conformance, EncodedLetters) {
  const AlignOptions options = usual_options(Output::path);
  PairSet pairs = random_pairs(random_, alphabet(), 70, {0, 120}, {0, 120});
  if (mode() == Mode::extend) pairs.h0 = {30};
  PairSet encoded = pairs.encoded(options.matrix);
  expect_same(options, encoded);
  const Aligner aligner(options, {.backend = backend(), .threads = 1});
  EXPECT_FALSE(first_difference(aligner.align(pairs.batch()), aligner.align(encoded.batch())).has_value());
}

TEST_P(BandedConformance, BandCentresPerPair) {
  for (const int band : {0, 4, 20}) {
    PairSet pairs = random_pairs(random_, alphabet(), 150, {0, 100}, {0, 100});
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) pairs.band_centres.push_back(random_.between(-110, 110));
    AlignOptions options = usual_options(Output::path);
    options.band = band;
    expect_same_outputs(options, pairs);
  }
}

TEST_P(ExtendConformance, SeedScoresPerPair) {
  for (const int zdrop : {0, 20}) {
    PairSet pairs = random_pairs(random_, alphabet(), 150, {0, 150}, {0, 150});
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) pairs.h0.push_back(random_.between(1, 300));
    AlignOptions options = usual_options(Output::path);
    options.zdrop = zdrop;
    options.end_bonus = zdrop / 4;
    options.band = 30;
    expect_same_outputs(options, pairs);
  }
}

// As if the others had not been there.
TEST_P(Conformance, MinScoreHidesPairsThatScoreLess) {
  PairSet pairs = random_pairs(random_, alphabet(), pairs_at_most(700), {100, 140}, {100, 160});
  if (mode() == Mode::extend) pairs.h0 = {10};
  AlignOptions options = usual_options(Output::path);
  AlignResults all, some;
  Aligner(options, {.backend = backend(), .threads = 1}).align(pairs.batch(), all);
  for (const std::int32_t least : {1, 20, 60, 100}) {
    options.min_score = least;
    Aligner(options, {.backend = backend(), .threads = 1}).align(pairs.batch(), some);
    for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
      const bool hidden = all[pair].status == Status::aligned && all[pair].score < least;
      ASSERT_EQ(some[pair], hidden ? Alignment{} : all[pair]) << "pair " << pair << ", at least " << least;
      ASSERT_EQ(some.cigar(pair).size(), hidden ? 0 : all.cigar(pair).size());
    }
  }
}

TEST_P(Conformance, ThreadsAndMemory) {
  const PairSet pairs = random_pairs(random_, alphabet(), pairs_at_most(500), {0, 200}, {0, 200});
  for (const Output output : {Output::end, Output::path}) {
    expect_same(usual_options(output), pairs, {.threads = 2});
    expect_same(usual_options(output), pairs, {.threads = 2, .memory = Aligner::min_memory});
  }
}

}  // namespace
}  // namespace anneal::test

#include "align/cpu/extend_vector.h"

#include <gtest/gtest.h>

#include "align/scalar/extend.h"
#include "support/matrices.h"
#include "support/pair_set.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/align/cpu/stage_of_pairs.h"
#include "unit/align/cpu/vector_backends.h"

namespace anneal::align::cpu {
namespace {

// A vector's worth of pairs to stay in, and another one to move from.
struct Kind {
  test::LengthRange queries;
  int h0;
};

class TwoVectors {
 public:
  TwoVectors(const Kernels& kernels, Width width, const AlignOptions& options, std::span<const Kind> kinds)
      : options_(options), lanes_(kernels.width[width].lanes), pairs_(random_pairs(kinds)),
        of_(kernels, pairs_.batch(), options) {
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
      items_.push_back({.pair = pair,
                        .rows = of_.batch().query_length(pair),
                        .columns = of_.batch().target_length(pair),
                        .width = width});
    }
  }

  template <typename T>
  void run(std::int64_t rows_at_a_time) {
    const Item hull = hull_of(items_);
    const ExtendRoom room{.query = hull.rows, .target = hull.columns};
    const std::span<const Item> items = items_;
    ExtendVector<T> stays(of_.stage, items.first(lanes_), room), leaves(of_.stage, items.subspan(lanes_), room);
    for (std::int64_t row = rows_at_a_time; stays.running() + leaves.running() > 0; row += rows_at_a_time) {
      stays.run_until(row);
      leaves.run_until(row);
      const std::size_t running = stays.running() + leaves.running();
      stays.refill_from(leaves);
      ASSERT_EQ(stays.running() + leaves.running(), running);
      ASSERT_TRUE(stays.running() == lanes_ || leaves.running() == 0);
    }
    stays.store_results();
    leaves.store_results();
  }

  void expect_scalar_results() {
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
      const std::string query = test::encode(pairs_.query(pair), options_.matrix);
      const std::string target = test::encode(pairs_.target(pair), options_.matrix);
      const scalar::ExtensionResult expected =
          scalar::extend(codes(query), codes(target), pairs_.h0_of(pair), options_);
      const Alignment& found = of_.results.alignments[pair];
      ASSERT_EQ(found.score, expected.score) << pairs_.query(pair) << ' ' << pairs_.target(pair);
      ASSERT_EQ(found.query_end, expected.query_end) << pairs_.query(pair) << ' ' << pairs_.target(pair);
      ASSERT_EQ(found.target_end, expected.target_end) << pairs_.query(pair) << ' ' << pairs_.target(pair);
      ASSERT_EQ(of_.results.extensions[pair], expected.extension) << pairs_.query(pair) << ' ' << pairs_.target(pair);
    }
  }

 private:
  static Codes codes(const std::string& letters) {
    return {reinterpret_cast<const std::uint8_t*>(letters.data()), letters.size()};
  }

  test::PairSet random_pairs(std::span<const Kind> kinds) const {
    static test::Random random(test::seed_of("TwoVectors"));
    test::PairSet pairs;
    for (const Kind& kind : kinds) {
      for (std::size_t lane = 0; lane < lanes_; ++lane) {
        const int length = random.between(kind.queries.lowest, kind.queries.highest);
        const std::string query = test::random_sequence(random, Alphabet::dna, length);
        std::string target = test::mutate(random, Alphabet::dna, query.substr(0, random.below(query.size() + 1)), 0.05);
        // A gap as long as the widest one that may pay, which depends on the query's length.
        const std::size_t at = random.below(target.size() + 1);
        if (random.chance(0.5))
          target.insert(at, test::random_sequence(random, Alphabet::dna, std::max(0, length - random.between(0, 14))));
        pairs.add({query, target + query.substr(random.below(query.size()))});
        pairs.h0.push_back(random.between(1, kind.h0));
      }
    }
    return pairs;
  }

  AlignOptions options_;
  std::size_t lanes_;
  test::PairSet pairs_;
  test::StageOfPairs of_;
  std::vector<Item> items_;
};

void expect_refills_change_nothing(const AlignOptions& options, std::span<const Kind> kinds) {
  for (const auto& [name, kernels] : test::vector_backends()) {
    for (const std::int64_t rows_at_a_time : {1, 3, 8, 32, 200}) {
      for (const Width width : {width8, width16, width32}) {
        SCOPED_TRACE(name + " " + std::to_string(width) + ", refilled after " + std::to_string(rows_at_a_time));
        TwoVectors vectors(*kernels, width, options, kinds);
        switch (width) {
          case width8:
            vectors.run<std::uint8_t>(rows_at_a_time);
            break;
          case width16:
            vectors.run<std::int16_t>(rows_at_a_time);
            break;
          case width32:
            vectors.run<std::int32_t>(rows_at_a_time);
            break;
        }
        vectors.expect_scalar_results();
        if (testing::Test::HasFatalFailure()) return;
      }
    }
  }
}

AlignOptions extend_options(int band) {
  AlignOptions options;
  options.mode = Mode::extend;
  options.output = Output::end;
  options.band = band;
  return options;
}

TEST(ExtendVector, RefillsFromLikeLanes) {
  const Kind kinds[] = {{{40, 60}, 20}, {{40, 60}, 20}};
  for (const int band : {-1, 0, 5, 20}) expect_refills_change_nothing(extend_options(band), kinds);
}

TEST(ExtendVector, RefillsFromLanesWithOtherBands) {
  const Kind shorter[] = {{{50, 60}, 60}, {{15, 40}, 90}};
  const Kind longer[] = {{{15, 20}, 60}, {{21, 60}, 90}};
  for (int round = 0; round < 5; ++round) {
    expect_refills_change_nothing(extend_options(-1), shorter);
    expect_refills_change_nothing(extend_options(-1), longer);
  }
}

TEST(ExtendVector, RefillsFromLanesThatAGapFromTheSeedReachesBeyondTheBand) {
  const Kind kinds[] = {{{30, 60}, 5}, {{30, 60}, 90}};
  test::Random random(test::seed_of("SeedGaps"));
  for (int round = 0; round < 30; ++round) {
    AlignOptions options = extend_options(random.between(2, 20));
    options.matrix = test::uniform_matrix(Alphabet::dna, 1, random.between(10, 90));
    options.gap_open = random.between(10, 60);
    expect_refills_change_nothing(options, kinds);
  }
}

}  // namespace
}  // namespace anneal::align::cpu

#include "search/cuda/cuda_engine.h"

#include <gtest/gtest.h>

#include <array>

#include "support/emulated_search_kernels.h"
#include "support/matrices.h"
#include "unit/device/cuda/cuda_test.h"
#include "unit/search/cuda/search_test.h"

namespace anneal::search::cuda {
namespace {

using device::cuda::Gpu;

/// Compares with plain loops.
class SearchEngineTest : public device::cuda::CudaTest {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    if (is_fake()) test::define_search_kernels(*fake_);
  }

  std::string random_codes(int length, int letters = 20) {
    std::string codes;
    for (int k = 0; k < length; ++k) codes += static_cast<char>(random_.below(static_cast<std::uint64_t>(letters)));
    return codes;
  }
  /// Some of them with a changed part of the query, so that there are scores of all kinds.
  std::vector<std::string> random_targets(int count, int longest, const std::string& query, int letters = 20) {
    std::vector<std::string> targets;
    for (int k = 0; k < count; ++k) {
      std::string target = random_codes(random_.between(0, longest), letters);
      if (!query.empty() && random_.chance(0.3)) {
        std::string part = query.substr(random_.below(query.size()));
        for (char& code : part) {
          if (random_.chance(0.2)) code = static_cast<char>(random_.below(static_cast<std::uint64_t>(letters)));
        }
        if (part.size() > 3) part.erase(part.size() / 2, random_.below(3));
        target += part + random_codes(random_.between(0, 5), letters);
      }
      targets.push_back(std::move(target));
    }
    return targets;
  }

  void expect_hits(CudaEngine& engine, const SearchScoring& scoring, const std::vector<std::string>& queries,
                   const std::vector<std::string>& targets, std::int32_t least, std::size_t top) {
    const std::vector<std::string_view> query_views(queries.begin(), queries.end());
    const std::vector<std::int32_t> all_least(queries.size(), least);
    std::vector<std::vector<Hit>> hits;
    engine.find(query_views, all_least, top, hits, {});
    ASSERT_EQ(hits.size(), queries.size());
    for (std::size_t q = 0; q < queries.size(); ++q) {
      const std::vector<Hit> expected = plain_hits(scoring, queries[q], targets, least, top);
      ASSERT_EQ(hits[q].size(), expected.size()) << "query " << q << " of " << queries[q].size() << " letters";
      for (std::size_t k = 0; k < expected.size(); ++k) {
        ASSERT_EQ(hits[q][k].target, expected[k].target)
            << "query " << q << " of " << queries[q].size() << " letters, hit " << k;
        ASSERT_EQ(hits[q][k].score, expected[k].score) << "query " << q << ", hit " << k;
      }
    }
  }
  void load(CudaEngine& engine, const std::vector<std::string>& targets) {
    views_.assign(targets.begin(), targets.end());
    engine.load(views_);
  }
  void search(const SearchScoring& scoring, const std::vector<std::string>& queries,
              const std::vector<std::string>& targets, std::int32_t least = 1, std::size_t top = 1000,
              const Tuning& tuning = {}) {
    CudaEngine engine(runtime(), 0, scoring, tuning);
    load(engine, targets);
    expect_hits(engine, scoring, queries, targets, least, top);
  }

  SearchScoring blosum_{SubstitutionMatrix::builtin("BLOSUM62"), 11, 1};
  test::Random random_{11};
  std::vector<std::string_view> views_;
};
INSTANTIATE_TEST_SUITE_P(On, SearchEngineTest, testing::Values(Gpu::fake, Gpu::real), device::cuda::gpu_name);

TEST_P(SearchEngineTest, FindsOneQueryOfAnyLength) {
  for (const int length : {0, 1, 2, 15, 16, 17, 31, 32, 33, 64, 100, 143, 144, 145, 200, 288, 289, 433}) {
    const std::string query = random_codes(length);
    search(blosum_, {query}, random_targets(23, 90, query));
  }
}

TEST_P(SearchEngineTest, FindsQueriesInPairs) {
  for (int round = 0; round < 12; ++round) {
    std::vector<std::string> queries;
    for (int k = random_.between(2, 5); k > 0; --k) queries.push_back(random_codes(random_.between(0, 400)));
    search(blosum_, queries, random_targets(17, 120, queries[0]));
  }
}

TEST_P(SearchEngineTest, GoesOnWithAQueryWhoseOtherHasEnded) {
  for (const int other : {20, 150, 300, 620}) {
    const std::vector<std::string> queries{random_codes(900), random_codes(other), random_codes(300)};
    search(blosum_, queries, random_targets(21, 90, queries[0]));
    search(blosum_, {queries[1], queries[0]}, random_targets(20, 90, queries[0]));
  }
}

TEST_P(SearchEngineTest, FindsInAnyNumberOfTargets) {
  const std::string query = random_codes(60);
  for (int count = 0; count <= 40; ++count) search(blosum_, {query}, random_targets(count, 40, query));
  search(blosum_, {query, random_codes(50)}, random_targets(200, 40, query));
}

TEST_P(SearchEngineTest, KeepsTheBestWithTiesByLowerTarget) {
  const std::string query = random_codes(30);
  std::vector<std::string> targets = random_targets(60, 30, query);
  const std::vector<std::string> copies = targets;
  targets.insert(targets.end(), copies.begin(), copies.end());
  CudaEngine engine(runtime(), 0, blosum_);
  load(engine, targets);
  for (const std::size_t top : {0, 1, 2, 25, 119, 120, 121}) {
    for (const std::int32_t least : {1, 20, 40, 10000}) {
      expect_hits(engine, blosum_, {query}, targets, least, top);
    }
  }
}

TEST_P(SearchEngineTest, TakesAnyMatrixAndPenalties) {
  for (int round = 0; round < 30; ++round) {
    const Alphabet alphabet = random_.chance(0.5) ? Alphabet::dna : Alphabet::protein;
    const SearchScoring scoring{test::any_matrix(random_, alphabet), random_.pick(std::vector{0, 1, 5, 40, 900, 32767}),
                                random_.pick(std::vector{0, 1, 2, 30, 500, 32767})};
    const int letters = scoring.matrix.size();
    std::vector<std::string> queries;
    for (int k = random_.between(1, 3); k > 0; --k) queries.push_back(random_codes(random_.between(1, 200), letters));
    search(scoring, queries, random_targets(13, 70, queries[0], letters));
  }
}

TEST_P(SearchEngineTest, TakesTheExtremesOfAMatrix) {
  for (const int lowest : {-128, -1, 0}) {
    for (const int highest : {0, 1, 127}) {
      if (highest < lowest) continue;
      const SearchScoring scoring{test::random_matrix(random_, Alphabet::protein, lowest, highest), 3, 1};
      const std::string query = random_codes(150);
      search(scoring, {query}, random_targets(9, 100, query));
      search(scoring, {query, random_codes(140)}, random_targets(9, 100, query));
    }
  }
}

// Raised scores of up to 25, in long paths that hardly score, so that there is much dust and no overflow; and others.
TEST_P(SearchEngineTest, ShedsAllDust) {
  for (const auto& [match, mismatch, gap_open] : {std::array{13, 12, 11}, std::array{20, 5, 4}, std::array{24, 1, 0}}) {
    const SearchScoring scoring{test::uniform_matrix(Alphabet::protein, match, mismatch), gap_open, 1};
    ASSERT_TRUE(scoring.fits_dusty_bytes());
    for (const int length : {7, 30, 144, 200, 500}) {
      const std::string query = random_codes(length, 2);
      std::vector<std::string> targets{query};
      for (int k = 0; k < 40; ++k) targets.push_back(random_codes(random_.between(1, 120), 2));
      search(scoring, {query}, targets);
    }
  }
}

TEST_P(SearchEngineTest, IsExactBeyondSixteenBits) {
  const SearchScoring scoring{test::uniform_matrix(Alphabet::protein, 127, 128), 100, 20};
  const std::string query = random_codes(700);
  std::vector<std::string> targets = random_targets(8, 300, query);
  targets.push_back(query);
  for (const int length : {500, 505, 506, 507, 508, 510, 515, 517}) targets.push_back(query.substr(0, length));
  search(scoring, {query}, targets);
  search(scoring, {query, random_codes(650)}, targets);
  search(scoring, {random_codes(700), query}, targets, 1, 3);
}

TEST_P(SearchEngineTest, CutsAndRelaysLongTargets) {
  Tuning tuning;
  for (const std::int64_t long_letters : {40, 150, 400}) {
    tuning.long_letters = long_letters;
    for (const int length : {3, 30, 200, 300, 700}) {
      const std::string query = random_codes(length);
      std::vector<std::string> targets = random_targets(11, 100, query);
      for (const int longer : {300, 333, 1200}) {
        targets.push_back(random_codes(longer) + query + random_codes(longer / 2) + query.substr(length / 2));
      }
      search(blosum_, {query}, targets, 1, 1000, tuning);
      search(blosum_, {query, random_codes(random_.between(1, 300))}, targets, 1, 1000, tuning);
    }
  }
}

TEST_P(SearchEngineTest, DoesNotDependOnTuning) {
  std::vector<std::string> queries;
  for (int k = 0; k < 5; ++k) queries.push_back(random_codes(random_.between(1, 500)));
  const std::vector<std::string> targets = random_targets(60, 150, queries[0]);
  for (const int most_rows : {64, 96, 112, 144}) {
    for (const std::uint64_t border_bytes : {0, 20000}) {
      search(blosum_, queries, targets, 1, 1000,
             {.most_rows = most_rows, .border_bytes = border_bytes, .slices = 3, .queries_at_once = 3});
    }
  }
}

TEST_P(SearchEngineTest, LoadsAgain) {
  CudaEngine engine(runtime(), 0, blosum_);
  std::vector<std::vector<Hit>> hits;
  const std::string query = random_codes(50);
  expect_hits(engine, blosum_, {query}, {}, 1, 10);
  for (const int count : {20, 0, 30}) {
    const std::vector<std::string> targets = random_targets(count, 60, query);
    load(engine, targets);
    expect_hits(engine, blosum_, {query}, targets, 1, 10);
  }
}

TEST_P(SearchEngineTest, ReportsProgressAndStops) {
  CudaEngine engine(runtime(), 0, blosum_, {.queries_at_once = 2});
  const std::string query = random_codes(50);
  load(engine, random_targets(20, 60, query));
  const std::vector<std::string_view> queries(5, query);
  const std::vector<std::int32_t> least(5, 1);
  std::vector<std::vector<Hit>> hits;
  std::vector<std::uint64_t> done;
  std::stop_source source;
  RunControl control{.stop = source.get_token(), .progress = [&](std::uint64_t pairs, std::uint64_t total) {
                       EXPECT_EQ(total, 100u);
                       done.push_back(pairs);
                     }};
  engine.find(queries, least, 3, hits, control);
  EXPECT_EQ(done, (std::vector<std::uint64_t>{40, 80, 100}));
  source.request_stop();
  const Error error = device::cuda::error_of<Error>([&] { engine.find(queries, least, 3, hits, control); });
  EXPECT_EQ(error.code(), ErrorCode::cancelled);
}

TEST_P(SearchEngineTest, RefusesWhatItCannotDo) {
  CudaEngine engine(runtime(), 0, blosum_);
  std::vector<std::vector<Hit>> hits;
  const std::vector<std::string_view> queries{"\1"};
  EXPECT_THROW(engine.find(queries, {}, 1, hits, {}), Error);
  EXPECT_THROW(CudaEngine(runtime(), 0, {blosum_.matrix, -1, 1}), Error);
  EXPECT_THROW(CudaEngine(runtime(), 0, {blosum_.matrix, 1, 32768}), Error);
}

TEST_P(SearchEngineTest, SaysThatTargetsDoNotFit) {
  if (!is_fake()) GTEST_SKIP() << "a GPU has too much memory";
  fake_->devices[0].memory = 1u << 20;
  CudaEngine engine(runtime(), 0, blosum_);
  const std::string target(1u << 20, '\1');
  const std::vector<std::string_view> targets{target};
  const Error error = device::cuda::error_of<Error>([&] { engine.load(targets); });
  EXPECT_EQ(error.code(), ErrorCode::out_of_memory);
  EXPECT_NE(std::string(error.what()).find("1 targets of 1048576 letters need 1048592 bytes"), std::string::npos)
      << error.what();
}

TEST_P(SearchEngineTest, SurvivesWhateverFails) {
  if (!is_fake()) GTEST_SKIP() << "the stand-in's work";
  const std::string query = random_codes(300);
  const std::vector<std::string> targets = random_targets(30, 200, query);
  const std::vector<Hit> expected = plain_hits(blosum_, query, targets, 1, 5);
  for (const device::cuda::Operation operation : device::cuda::all_operations) {
    for (std::uint64_t nth = 1;; ++nth) {
      runtime().reset_faults();
      try {
        CudaEngine engine(runtime(), 0, blosum_, {.long_letters = 100});
        runtime().faults().plan(operation, nth, device::cuda::status::out_of_memory);
        load(engine, targets);
        std::vector<std::vector<Hit>> hits;
        const std::vector<std::string_view> queries{query};
        const std::vector<std::int32_t> least{1};
        engine.find(queries, least, 5, hits, {});
        EXPECT_TRUE(std::ranges::equal(hits[0], expected, {}, &Hit::target, &Hit::target));
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::out_of_memory) << error.what();
      }
      if (!runtime().faults().has_struck()) break;
      ASSERT_LT(nth, 1000u);
    }
  }
  runtime().reset_faults();
}

}  // namespace
}  // namespace anneal::search::cuda

#include "align/metal/metal_engine.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "align/scalar/scalar_engine.h"
#include "align/self_test.h"
#include "device/metal/toolkit.h"
#include "support/compare.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/device/metal/metal_test.h"
#include "unit/device/metal/wrapped_api.h"

namespace anneal::align::metal {
namespace {

using device::Operation;

class MetalEngineTest : public device::metal::MetalTest {
 protected:
  AlignResults run(const Engine& engine, const AlignOptions& options, test::PairSet& pairs) {
    AlignResults results;
    engine.execute(Batch(pairs.batch(), options), options, {}, results);
    return results;
  }
  void expect_same(const AlignResults& found, const AlignOptions& options, test::PairSet& pairs) {
    const AlignResults expected = run(scalar::ScalarEngine(1, Aligner::min_memory), options, pairs);
    const auto pair = test::first_difference(expected, found);
    if (!pair) return;
    FAIL() << test::describe(options) << "\nexpected " << test::describe(expected, *pair) << "\nfound    "
           << test::describe(found, *pair) << "\n"
           << pairs.query(*pair) << "\n"
           << pairs.target(*pair);
  }
  void expect_done_by_device(const MetalEngine& engine, const AlignOptions& options, test::PairSet& pairs) {
    const AlignResults found = run(engine, options, pairs);
    EXPECT_EQ(found.fallbacks, 0u);
    EXPECT_EQ(found.warning, "");
    expect_same(found, options, pairs);
  }

  std::unique_ptr<MetalEngine> make_engine(int threads = 2, const gpu::ChunkSizes& sizes = Platform::default_sizes) {
    return std::make_unique<MetalEngine>(runtime(), std::vector{0}, threads, Aligner::min_memory, sizes);
  }
  std::uint64_t calls(Operation operation) { return runtime().faults().count(operation); }

  test::Random random_{7};
};
INSTANTIATE_TEST_SUITE_P(On, MetalEngineTest, testing::ValuesIn(device::metal::test_gpus()), device::metal::gpu_name);

TEST_P(MetalEngineTest, PassesItsSelfTest) {
  const auto engine = make_engine();
  EXPECT_EQ(engine->name(), "metal");
  EXPECT_TRUE(passes_self_test(*engine));
}

TEST_P(MetalEngineTest, AgreesWithTheSpecification) {
  const auto engine = make_engine();
  for (int round = 0; round < 30 && !HasFatalFailure(); ++round) {
    const Alphabet alphabet = random_.chance(0.5) ? Alphabet::dna : Alphabet::protein;
    AlignOptions options = test::random_options(random_, random_.pick(test::all_modes), alphabet);
    if (random_.chance(0.4)) options.matrix = test::uniform_matrix(alphabet, 1, 4);
    if (random_.chance(0.2)) options.min_score = random_.between(-50, 150);
    const int longest = random_.chance(0.1) ? 700 : 120;
    test::PairSet pairs = test::random_pairs(random_, alphabet, 6, {0, longest}, {0, longest});
    test::add_pair_values(random_, options, pairs);
    expect_done_by_device(*engine, options, pairs);
  }
}

// Scores of one row of end_shape.h after the other: beyond 16 bits with their row, beyond 16 bits alone.
TEST_P(MetalEngineTest, RepeatsWhatOverflows) {
  const auto engine = make_engine();
  for (const int match : {1, 3, 100}) {
    const AlignOptions options{.matrix = SubstitutionMatrix::match_mismatch(match, 4), .gap_open = 10, .gap_extend = 2};
    test::PairSet pairs;
    for (const int length : {100, 250, 700}) {
      const std::string query = test::random_sequence(random_, Alphabet::dna, length);
      pairs.add({query, test::mutate(random_, Alphabet::dna, query, 0.02)});
    }
    expect_done_by_device(*engine, options, pairs);
  }
}

TEST_P(MetalEngineTest, AlignsOneSequenceWithMany) {
  const auto engine = make_engine();
  const AlignOptions options{.output = Output::end};
  const std::string one = test::random_sequence(random_, Alphabet::dna, 130);
  for (const bool one_query : {true, false}) {
    test::PairSet pairs;
    (one_query ? pairs.add_query(one) : pairs.add_target(one));
    for (int pair = 0; pair < 30; ++pair) {
      std::string other = test::mutate(random_, Alphabet::dna, one, 0.1);
      (one_query ? pairs.add_target(std::move(other)) : pairs.add_query(std::move(other)));
    }
    expect_done_by_device(*engine, options, pairs);
  }
}

TEST_P(MetalEngineTest, NamesTheFirstByteThatIsNoLetter) {
  const auto engine = make_engine();
  const AlignOptions options{.output = Output::end};
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 5, {20, 30}, {20, 30});
  pairs.add({"ACGT", "AC!T"});
  EXPECT_THROW(run(*engine, options, pairs), LetterError);
}

TEST_P(MetalEngineTest, TellsHowLongItsKernelsRan) {
  const auto engine = make_engine();
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 5, {20, 30}, {20, 30});
  EXPECT_GT(run(*engine, {}, pairs).kernel_seconds, 0);
}

TEST_P(MetalEngineTest, CutsBatchesIntoChunks) {
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 200, {4, 12}, {4, 12});
  const auto commits_with = [&](const gpu::ChunkSizes& sizes) {
    const auto engine = make_engine(2, sizes);
    const std::uint64_t before = commits();
    expect_done_by_device(*engine, options, pairs);
    return commits() - before;
  };
  EXPECT_GT(commits_with({.usual_letters = 200, .least_letters = 200}), commits_with({}) + 6);
}

TEST_P(MetalEngineTest, MakesDoWithLittleMemory) {
  if (!device::metal::limit_memory(200'000)) GTEST_SKIP() << "this device has what memory it has";
  const AlignOptions options{.mode = Mode::global};
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 20, {100, 200}, {100, 200});
  const auto engine = make_engine(1);
  const AlignResults found = run(*engine, options, pairs);
  EXPECT_NE(found.warning, "") << "or nothing was missing";
  expect_same(found, options, pairs);
}

// Whatever fails, at whatever call, results are the same, and a warning says what it was.
TEST_P(MetalEngineTest, FinishesWhatTheDeviceDoesNot) {
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 4, {10, 60}, {10, 60});
  const auto engine = make_engine(1);
  run(*engine, options, pairs);
  int faults = 0;
  for (const device::metal::Status status : {device::metal::status::out_of_memory, device::metal::status::timeout}) {
    for (const Operation operation : device::all_operations) {
      runtime().reset_faults();
      run(*engine, options, pairs);
      const std::uint64_t most = std::min<std::uint64_t>(calls(operation), 40);
      for (std::uint64_t n = 1; n <= most; ++n) {
        SCOPED_TRACE(testing::Message() << "operation " << static_cast<int>(operation) << ", call " << n);
        runtime().reset_faults();
        runtime().faults().plan(operation, n, status);
        const AlignResults found = run(*engine, options, pairs);
        faults += runtime().faults().has_struck() ? 1 : 0;
        EXPECT_EQ(found.warning.empty(), !runtime().faults().has_struck());
        expect_same(found, options, pairs);
      }
    }
  }
  EXPECT_GE(faults, 20);
  runtime().reset_faults();
}

TEST_P(MetalEngineTest, DoesWithoutKernelsThatDoNotCompile) {
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 4, {10, 60}, {10, 60});
  for (std::uint64_t n = 1; n <= 6; ++n) {
    runtime().reset_faults();
    const auto engine = make_engine(1);
    runtime().faults().plan(Operation::setup, n, device::metal::status::not_compiled);
    const AlignResults found = run(*engine, options, pairs);
    EXPECT_EQ(found.warning.empty(), !runtime().faults().has_struck());
    expect_same(found, options, pairs);
  }
  runtime().reset_faults();
}

TEST_P(MetalEngineTest, LeavesTheWorkOfALostDeviceToTheCpu) {
  if (GetParam() == device::metal::Gpu::real) GTEST_SKIP() << "a real device must not be lost";
  leaks_ = true;
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 20, {10, 60}, {10, 60});
  const auto engine = make_engine(1);
  runtime().faults().plan(Operation::launch, 1, device::metal::status::device_removed, true);
  for (int call = 0; call < 2; ++call) {
    const AlignResults found = run(*engine, options, pairs);
    EXPECT_NE(found.warning, "");
    EXPECT_EQ(found.fallbacks, pairs.size());
    expect_same(found, options, pairs);
  }
  EXPECT_FALSE(engine->is_available());
}

TEST_P(MetalEngineTest, GivesUpADeviceThatKeepsFailing) {
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 200, {4, 12}, {4, 12});
  const auto engine = make_engine(1, {.usual_letters = 200, .least_letters = 200});
  run(*engine, options, pairs);
  const std::uint64_t launches = calls(Operation::launch);
  runtime().reset_faults();
  runtime().faults().plan(Operation::launch, 1, device::metal::status::timeout, true);
  const AlignResults found = run(*engine, options, pairs);
  EXPECT_LT(calls(Operation::launch), launches / 2) << "of " << launches;
  EXPECT_NE(found.warning, "");
  expect_same(found, options, pairs);
  runtime().reset_faults();
}

TEST_P(MetalEngineTest, TakesNoSimdgroupsOfAnotherSize) {
  device::metal::WrappedApi wide(*device::metal::toolkit_api());
  wide.execution_width = 64;
  device::metal::Runtime runtime(wide);
  const MetalEngine engine(runtime, {0}, 1, Aligner::min_memory);
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 5, {20, 30}, {20, 30});
  const AlignResults found = run(engine, options, pairs);
  EXPECT_THAT(found.warning, testing::HasSubstr("simdgroups of 64 threads"));
  EXPECT_EQ(found.fallbacks, pairs.size());
  expect_same(found, options, pairs);
}

TEST_P(MetalEngineTest, NeedsLittleMemoryForAShortQueryInALongTarget) {
  if (!device::metal::limit_memory(24 << 20)) GTEST_SKIP() << "this device has what memory it has";
  const AlignOptions options;
  const std::string target = test::random_sequence(random_, Alphabet::dna, 20'000);
  test::PairSet pairs;
  pairs.add({target.substr(7'000, 40), target});
  expect_done_by_device(*make_engine(1), options, pairs);
}

}  // namespace
}  // namespace anneal::align::metal

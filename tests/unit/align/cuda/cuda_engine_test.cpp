#include "align/cuda/cuda_engine.h"

#include <gmock/gmock.h>

#include "align/scalar/scalar_engine.h"
#include "align/self_test.h"
#include "support/compare.h"
#include "support/emulated_kernels.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {
namespace {

using device::cuda::Gpu;
using device::cuda::Operation;

class CudaEngineTest : public device::cuda::CudaTest {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    if (is_fake()) test::define_align_kernels(*fake_);
  }

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

  std::unique_ptr<CudaEngine> make_engine(int threads = 2, const ChunkSizes& sizes = {}) {
    return std::make_unique<CudaEngine>(runtime(), std::vector{0}, threads, Aligner::min_memory, sizes);
  }

  test::Random random_{7};
};
INSTANTIATE_TEST_SUITE_P(On, CudaEngineTest, testing::Values(Gpu::fake, Gpu::real), device::cuda::gpu_name);

TEST_P(CudaEngineTest, PassesItsSelfTest) {
  const auto engine = make_engine();
  EXPECT_EQ(engine->name(), "cuda");
  EXPECT_TRUE(passes_self_test(*engine));
}

TEST_P(CudaEngineTest, AgreesWithTheSpecification) {
  const auto engine = make_engine();
  for (int round = 0; round < 60 && !HasFatalFailure(); ++round) {
    const Alphabet alphabet = random_.chance(0.5) ? Alphabet::dna : Alphabet::protein;
    AlignOptions options = test::random_options(random_, random_.pick(test::all_modes), alphabet);
    if (random_.chance(0.4)) options.matrix = test::uniform_matrix(alphabet, 1, 4);
    if (random_.chance(0.2)) options.min_score = random_.between(-50, 150);
    if (!engine->supports(options)) continue;
    const int longest = random_.chance(0.1) ? 700 : 120;
    test::PairSet pairs = test::random_pairs(random_, alphabet, 6, {0, longest}, {0, longest});
    test::add_pair_values(random_, options, pairs);
    const AlignResults found = run(*engine, options, pairs);
    EXPECT_EQ(found.fallbacks, 0u);
    EXPECT_EQ(found.warning, "");
    expect_same(found, options, pairs);
  }
}

TEST_P(CudaEngineTest, SendsLettersThatAreNoNucleotides) {
  const auto engine = make_engine();
  const AlignOptions options{.output = Output::end};
  for (const double rate : {0.0, 0.01, 0.5, 1.0}) {
    test::PairSet pairs;
    for (int pair = 0; pair < 40; ++pair) {
      test::SequencePair sequences = test::random_pair(random_, Alphabet::dna, test::PairKind::mutated, 90, 100);
      for (std::string* side : {&sequences.query, &sequences.target}) {
        for (char& letter : *side) {
          if (random_.chance(rate)) letter = 'N';
        }
      }
      pairs.add(sequences);
    }
    expect_same(run(*engine, options, pairs), options, pairs);
  }
}

TEST_P(CudaEngineTest, TellsHowLongItsKernelsRan) {
  const auto engine = make_engine();
  for (const Mode mode : test::all_modes) {
    AlignOptions options;
    options.mode = mode;
    double seconds_of_ends = 0;
    for (const Output output : {Output::end, Output::path}) {
      options.output = output;
      test::PairSet pairs;
      pairs.add(test::random_pair(random_, Alphabet::dna, test::PairKind::unrelated, 90, 100));
      if (mode == Mode::extend) pairs.h0 = {20};
      const AlignResults found = run(*engine, options, pairs);
      EXPECT_GT(found.kernel_seconds, 0) << test::name_of(mode);
      if (output == Output::end) seconds_of_ends = found.kernel_seconds;
      if (is_fake() && mode == Mode::global && output == Output::path) {
        EXPECT_GT(found.kernel_seconds, seconds_of_ends);
      }
    }
  }
}

TEST_P(CudaEngineTest, AlignsOneSequenceWithMany) {
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
    expect_same(run(*engine, options, pairs), options, pairs);
  }
}

// Paths of long local alignments begin at rows that were kept when their ends were found, so that little is filled
// twice; but where a path may come from anywhere, or the scoring differs.
TEST_P(CudaEngineTest, FindsPathsFromCheckpoints) {
  const auto engine = make_engine();
  for (const auto& [query, target] : {std::pair{400, 450}, std::pair{1000, 1000}, std::pair{1800, 1200}}) {
    test::PairSet pairs;
    for (int pair = 0; pair < 5; ++pair) {
      const std::string one = test::random_sequence(random_, Alphabet::dna, static_cast<std::size_t>(query));
      pairs.add({one, test::mutate(random_, Alphabet::dna, one, 0.1).substr(0, static_cast<std::size_t>(target))});
    }
    const AlignOptions options;
    const AlignResults found = run(*engine, options, pairs);
    EXPECT_EQ(found.fallbacks, 0u);
    expect_same(found, options, pairs);
    EXPECT_LT(found.cells_computed, Batch(pairs.batch(), options).cells() * 15 / 10);
    pairs.add({test::random_sequence(random_, Alphabet::dna, 600), test::random_sequence(random_, Alphabet::dna, 900)});
    std::string gapped = pairs.query(0);
    gapped.insert(200, test::random_sequence(random_, Alphabet::dna, 700));
    pairs.add({pairs.query(0), gapped});
    for (const int gap_extend : {0, 1, 2}) {
      AlignOptions other{.matrix = SubstitutionMatrix::match_mismatch(9, 4), .gap_open = 5, .gap_extend = gap_extend};
      expect_same(run(*engine, other, pairs), other, pairs);
    }
  }
}

TEST_P(CudaEngineTest, NamesTheFirstByteThatIsNoLetter) {
  const auto engine = make_engine();
  const AlignOptions options{.output = Output::end};
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 5, {20, 30}, {20, 30});
  pairs.add({"ACGT", "AC!T"});
  EXPECT_THROW(run(*engine, options, pairs), LetterError);
}

// Where every other letter differs there are more operations than there is room for at first, both where the letters
// tell the path and where a gap hides it.
TEST_P(CudaEngineTest, FindsRoomForManyOperations) {
  const auto engine = make_engine();
  const AlignOptions options{.mode = Mode::global, .matrix = SubstitutionMatrix::match_mismatch(2, 1)};
  const auto launches_for = [&](bool differs, bool has_gap) {
    test::PairSet pairs;
    for (int pair = 0; pair < 5; ++pair) {
      const std::string query = test::random_sequence(random_, Alphabet::dna, 200);
      std::string target = query;
      for (std::size_t k = 0; differs && k < target.size(); k += 2) target[k] = target[k] == 'A' ? 'C' : 'A';
      if (has_gap) target.insert(100, "GATTACAGATTACA");
      pairs.add({query, target});
    }
    const std::uint64_t before = runtime().faults().count(Operation::launch);
    const AlignResults found = run(*engine, options, pairs);
    EXPECT_EQ(found.fallbacks, 0u);
    expect_same(found, options, pairs);
    return runtime().faults().count(Operation::launch) - before;
  };
  for (const bool has_gap : {false, true}) EXPECT_GT(launches_for(true, has_gap), launches_for(false, has_gap));
}

// Whatever fails, at whatever call, results are the same, and a warning says what it was.
TEST_P(CudaEngineTest, FinishesWhatTheDeviceDoesNot) {
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 4, {10, 60}, {10, 60});
  for (const device::cuda::Status status :
       {device::cuda::status::out_of_memory, device::cuda::status::launch_out_of_resources}) {
    for (const Operation operation : device::cuda::all_operations) {
      runtime().reset_faults();
      std::uint64_t calls = 0;
      {
        const auto engine = make_engine(1);
        const std::uint64_t before = runtime().faults().count(operation);
        run(*engine, options, pairs);
        calls = std::min<std::uint64_t>(runtime().faults().count(operation) - before, 60);
      }
      for (std::uint64_t n = 1; n <= calls; ++n) {
        SCOPED_TRACE(testing::Message() << "operation " << static_cast<int>(operation) << ", call " << n);
        runtime().reset_faults();
        const auto engine = make_engine(1);
        runtime().faults().plan(operation, n, status);
        const AlignResults found = run(*engine, options, pairs);
        EXPECT_EQ(found.warning.empty(), !runtime().faults().has_struck());
        expect_same(found, options, pairs);
      }
    }
  }
  runtime().reset_faults();
}

// The same while other chunks are on their way.
TEST_P(CudaEngineTest, FinishesChunksOfWhichOneFails) {
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 400, {4, 12}, {4, 12});
  const AlignResults expected = run(scalar::ScalarEngine(1, Aligner::min_memory), options, pairs);
  const auto engine = make_engine(1, {.usual_letters = 1000});
  int faults = 0;
  for (const device::cuda::Status status :
       {device::cuda::status::out_of_memory, device::cuda::status::launch_out_of_resources}) {
    for (const Operation operation : device::cuda::all_operations) {
      runtime().reset_faults();
      const std::uint64_t before = runtime().faults().count(operation);
      run(*engine, options, pairs);
      const std::uint64_t calls = runtime().faults().count(operation) - before;
      for (std::uint64_t part = 1; part <= 7 && calls > 0; ++part) {
        runtime().reset_faults();
        runtime().faults().plan(operation, std::max<std::uint64_t>(1, calls * part / 7), status);
        const AlignResults found = run(*engine, options, pairs);
        faults += runtime().faults().has_struck() ? 1 : 0;
        EXPECT_EQ(found.warning.empty(), !runtime().faults().has_struck());
        EXPECT_FALSE(test::first_difference(expected, found)) << static_cast<int>(operation) << ", part " << part;
      }
    }
  }
  EXPECT_GE(faults, 40) << "launches, copies and events, with either status";
  runtime().reset_faults();
}

/// A real device must not be lost.
class LostDevice : public CudaEngineTest {};
INSTANTIATE_TEST_SUITE_P(On, LostDevice, testing::Values(Gpu::fake), device::cuda::gpu_name);

TEST_P(LostDevice, LeavesTheWorkToTheCpu) {
  leaks_ = true;
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 20, {10, 60}, {10, 60});
  const auto engine = make_engine(1);
  runtime().faults().plan(Operation::launch, 2, device::cuda::status::launch_failure, true);
  for (int call = 0; call < 2; ++call) {
    const AlignResults found = run(*engine, options, pairs);
    EXPECT_THAT(found.warning, testing::HasSubstr("error number"));
    EXPECT_EQ(found.fallbacks, pairs.size());
    expect_same(found, options, pairs);
  }
  EXPECT_FALSE(engine->is_available());
}

}  // namespace
}  // namespace anneal::align::cuda

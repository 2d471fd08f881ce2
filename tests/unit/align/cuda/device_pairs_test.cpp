// Sequences that are on the device already, by CudaEngine::prepare().
#include <gmock/gmock.h>

#include <thread>

#include "align/cuda/cuda_engine.h"
#include "align/second_best.h"
#include "support/compare.h"
#include "support/emulated_kernels.h"
#include "support/matrices.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/align/cuda/device_set.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {
namespace {

using device::cuda::error_of;
using device::cuda::Gpu;
using device::cuda::Operation;
using test::DeviceSet;

class DevicePairsTest : public device::cuda::CudaTest {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    if (IsSkipped()) return;
    if (is_fake()) test::define_align_kernels(*fake_);
    memory_ = std::make_unique<device::BufferPool>(device(), device::MemoryKind::device);
    stream_ = std::make_unique<device::cuda::Queue>(device());
    engine_ = make_engine();
  }
  void TearDown() override {
    engine_.reset();
    stream_.reset();
    memory_.reset();
    CudaTest::TearDown();
  }

  std::unique_ptr<CudaEngine> make_engine() {
    return std::make_unique<CudaEngine>(runtime(), std::vector{0}, 2, Aligner::min_memory);
  }
  AlignResults run_on_host(const AlignOptions& options, const PairBatch& pairs) {
    AlignResults results;
    execute_with_second_best(*engine_, Batch(pairs, options), options, {}, results);
    return results;
  }
  AlignResults run(const AlignOptions& options, const DevicePairs& pairs, const RunControl& control = {}) {
    AlignResults results;
    engine_->prepare(pairs, options)(control, results);
    return results;
  }
  AlignResults run(const AlignOptions& options, const PairBatch& pairs) {
    const DeviceSet there(*memory_, *stream_, pairs);
    return run(options, there.pairs());
  }
  void expect_same(const AlignOptions& options, const PairBatch& pairs) {
    const AlignResults expected = run_on_host(options, pairs), found = run(options, pairs);
    const auto pair = test::first_difference(expected, found);
    if (pair) {
      FAIL() << test::describe(options) << "\nexpected " << test::describe(expected, *pair) << "\nfound    "
             << test::describe(found, *pair);
    }
    EXPECT_EQ(found.cigar_ops, expected.cigar_ops);
    EXPECT_EQ(found.cigar_offsets, expected.cigar_offsets);
    EXPECT_EQ(found.engine, expected.engine);
    EXPECT_EQ(found.cells, expected.cells);
    EXPECT_EQ(found.fallbacks, 0u);
    EXPECT_EQ(found.warning, "");
  }

  std::unique_ptr<device::BufferPool> memory_;
  std::unique_ptr<device::cuda::Queue> stream_;
  std::unique_ptr<CudaEngine> engine_;
  test::Random random_{13};
};
INSTANTIATE_TEST_SUITE_P(On, DevicePairsTest, testing::Values(Gpu::fake, Gpu::real), device::cuda::gpu_name);

TEST_P(DevicePairsTest, AreAlignedAsOnTheHost) {
  for (const Mode mode : test::all_modes) {
    for (const Output output : test::all_outputs) {
      for (const Alphabet alphabet : {Alphabet::dna, Alphabet::protein}) {
        AlignOptions options = test::random_options(random_, mode, alphabet);
        options.output = output;
        if (random_.chance(0.5)) options.matrix = test::uniform_matrix(alphabet, 1, 4);
        test::PairSet pairs = test::random_pairs(random_, alphabet, 6, {0, 120}, {0, 120});
        test::add_pair_values(random_, options, pairs);
        expect_same(options, pairs.batch());
        test::PairSet encoded = pairs.encoded(options.matrix);
        expect_same(options, encoded.batch());
      }
    }
  }
}

TEST_P(DevicePairsTest, AreExtendedAsKsw2Does) {
  for (const Output output : test::all_outputs) {
    for (const Mode mode : {Mode::global, Mode::extend_ksw2}) {
      AlignOptions options = test::random_options(random_, mode, Alphabet::dna);
      options.output = output;
      while (!options.second_gap) test::add_second_gap(random_, options);
      test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 20, {0, 120}, {0, 120});
      expect_same(options, pairs.batch());
    }
  }
}

TEST_P(DevicePairsTest, HaveSecondBestEnds) {
  for (const Output output : {Output::end, Output::path}) {
    const AlignOptions options{.output = output, .second_best_distance = 10};
    test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 20, {0, 60}, {0, 120});
    EXPECT_EQ(run(options, pairs.batch()).second_best.size(), pairs.size());
    expect_same(options, pairs.batch());
  }
}

TEST_P(DevicePairsTest, MayHaveAnyLetters) {
  const AlignOptions options;
  for (const double rate : {0.0, 0.01, 1.0}) {
    test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 0, {1, 1}, {1, 1});
    for (int pair = 0; pair < 40; ++pair) {
      test::SequencePair sequences = test::random_pair(random_, Alphabet::dna, test::PairKind::mutated, 90, 100);
      for (std::string* side : {&sequences.query, &sequences.target}) {
        for (char& letter : *side) {
          if (random_.chance(rate)) letter = random_.chance(0.5) ? 'N' : 'y';
        }
      }
      pairs.add(sequences);
    }
    expect_same(options, pairs.batch());
  }
}

TEST_P(DevicePairsTest, MayBeOneSequenceWithMany) {
  for (const bool one_query : {true, false}) {
    const std::string one = test::random_sequence(random_, Alphabet::dna, 130);
    test::PairSet pairs;
    (one_query ? pairs.add_query(one) : pairs.add_target(one));
    for (int pair = 0; pair < 30; ++pair) {
      std::string other = test::mutate(random_, Alphabet::dna, one, 0.1);
      (one_query ? pairs.add_target(std::move(other)) : pairs.add_query(std::move(other)));
    }
    expect_same({}, pairs.batch());
  }
}

TEST_P(DevicePairsTest, MayBeManyOrLongOrNone) {
  expect_same({.output = Output::end}, test::random_pairs(random_, Alphabet::dna, 900, {4, 12}, {4, 12}).batch());
  for (const int length : {300, 2100}) {
    test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 1, {length, length + 40}, {length, length + 40});
    expect_same({}, pairs.batch());
  }
  expect_same({}, {});
  EXPECT_EQ(run({}, DevicePairs{}).size(), 0u);
  test::PairSet empty;
  for (int pair = 0; pair < 3; ++pair) empty.add({"", ""});
  expect_same({.mode = Mode::global}, empty.batch());
}

TEST_P(DevicePairsTest, NameTheFirstByteThatIsNoLetter) {
  for (const Letters letters : {Letters::ascii, Letters::encoded}) {
    for (const bool in_query : {true, false}) {
      for (const bool is_one : {true, false}) {
        const AlignOptions options;
        test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, is_one ? 0 : 200, {5, 30}, {5, 30});
        pairs.add(in_query ? test::SequencePair{"ACGTAC!T", "ACGT"} : test::SequencePair{"ACGT", "ACGTAC!T"});
        pairs.add({"?", "?"});
        if (letters == Letters::encoded) pairs = pairs.encoded(options.matrix);
        pairs.letters = letters;
        const PairBatch batch = pairs.batch();
        const auto expected = error_of<LetterError>([&] { run_on_host(options, batch); });
        const auto found = error_of<LetterError>([&] { run(options, batch); });
        EXPECT_STREQ(found.what(), expected.what());
        EXPECT_EQ(found.side(), expected.side());
        EXPECT_EQ(found.record(), expected.record());
        EXPECT_EQ(found.position(), 6u);
      }
    }
  }
}

TEST_P(DevicePairsTest, AreChecked) {
  const auto code_of = [&](const PairBatch& batch) { return error_of<Error>([&] { run({}, batch); }).code(); };
  const std::vector<std::string_view> two{"ACGT", "AC"}, three{"A", "C", "G"};
  EXPECT_EQ(code_of({.queries = two, .targets = three}), ErrorCode::invalid_argument);
  const std::int32_t seed = 3;
  EXPECT_EQ(code_of({.queries = two, .targets = two, .h0 = {&seed, 1}}), ErrorCode::invalid_argument);
  const auto line_of = [&](const std::vector<std::int64_t>& offsets) {
    const DeviceSet there(*memory_, *stream_, {.queries = two, .targets = two});
    DevicePairs pairs = there.pairs();
    const device::Buffer<std::int64_t> wrong = memory_->acquire<std::int64_t>(offsets.size());
    stream_->copy(wrong.data(), offsets.data(), offsets.size() * sizeof(std::int64_t));
    pairs.targets.offsets = wrong.data();
    return std::string(error_of<Error>([&] { run({}, pairs); }).what());
  };
  EXPECT_EQ(line_of({0, 3, 2}), "target offset 2 is 2, less than 3: offsets must ascend, from 0 or more");
  EXPECT_EQ(line_of({-1, 3, 4}), "target offset 0 is -1, less than 0: offsets must ascend, from 0 or more");
}

TEST_P(DevicePairsTest, MayComeByTheDefaultStream) {
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 4, {10, 60}, {10, 60});
  device::cuda::Queue stream(device(), nullptr);
  const DeviceSet there(*memory_, stream, pairs.batch());
  EXPECT_EQ(test::first_difference(run_on_host({}, pairs.batch()), run({}, there.pairs())), std::nullopt);
}

// Whatever fails: either results are the same, and a warning says what it was; or the letters are out of reach.
TEST_P(DevicePairsTest, AreAlignedWhateverFails) {
  leaks_ = true;  // where nothing can be waited for any more
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 4, {10, 60}, {10, 60});
  const PairBatch batch = pairs.batch();
  const AlignResults expected = run_on_host(options, batch);
  const DeviceSet there(*memory_, *stream_, batch);
  stream_->synchronize();
  int same = 0, warned = 0, failed = 0;
  for (const device::cuda::Status status :
       {device::cuda::status::out_of_memory, device::cuda::status::launch_out_of_resources}) {
    for (const Operation operation : device::cuda::all_operations) {
      for (const bool forever : {false, true}) {
        for (std::uint64_t n = 1; n <= 60; ++n) {
          SCOPED_TRACE(testing::Message() << "operation " << static_cast<int>(operation) << ", call " << n);
          runtime().reset_faults();
          engine_ = make_engine();
          runtime().faults().plan(operation, n, status, forever);
          try {
            const AlignResults found = run(options, there.pairs());
            if (!runtime().faults().has_struck()) break;
            EXPECT_EQ(test::first_difference(expected, found), std::nullopt);
            EXPECT_TRUE(found.fallbacks == 0 || !found.warning.empty());
            ++same;
            warned += found.warning.empty() ? 0 : 1;
          } catch (const device::cuda::RuntimeError&) {
            EXPECT_TRUE(runtime().faults().has_struck());
            EXPECT_NE(operation, Operation::allocate);
            ++failed;
          }
        }
      }
    }
  }
  runtime().reset_faults();
  EXPECT_GT(warned, same * 9 / 10) << "what struck where a queue ends, and memory that was found after all, need none";
  EXPECT_GT(failed, 10);
}

/// The process has one runtime, of which an Aligner's engine is.
class DevicePairsOnGpu : public DevicePairsTest {};
INSTANTIATE_TEST_SUITE_P(On, DevicePairsOnGpu, testing::Values(Gpu::real), device::cuda::gpu_name);

TEST_P(DevicePairsOnGpu, AreAlignedByAnAligner) {
  for (const Output output : test::all_outputs) {
    const Aligner aligner({.output = output}, {.backend = "cuda", .threads = 2});
    test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 2000, {10, 160}, {10, 160});
    const AlignResults expected = aligner.align(pairs.batch());
    const DeviceSet there(*memory_, *stream_, pairs.batch());
    PendingAlignment first = align_async(aligner, there.pairs()), second = align_async(aligner, there.pairs());
    for (PendingAlignment* pending : {&first, &second}) {
      const AlignResults found = pending->get();
      EXPECT_EQ(test::first_difference(expected, found), std::nullopt);
      EXPECT_EQ(found.fallbacks, 0u);
      EXPECT_EQ(found.warning, "");
    }
  }
}

/// A real device can be neither held nor lost.
class DevicePairsOnFake : public DevicePairsTest {};
INSTANTIATE_TEST_SUITE_P(On, DevicePairsOnFake, testing::Values(Gpu::fake), device::cuda::gpu_name);

TEST_P(DevicePairsOnFake, AreReadOnceTheStreamIsReady) {
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 4, {10, 60}, {10, 60});
  fake_->hold();
  const DeviceSet there(*memory_, *stream_, pairs.batch());
  const PreparedCall call = engine_->prepare(there.pairs(), options);
  AlignResults found;
  std::jthread work([&] { call({}, found); });
  fake_->let_go();
  work.join();
  EXPECT_EQ(test::first_difference(run_on_host(options, pairs.batch()), found), std::nullopt);
}

TEST_P(DevicePairsOnFake, AreWaitedForUntilAStop) {
  const AlignOptions options;
  test::PairSet pairs;
  pairs.add({"ACGT", "ACGT"});
  fake_->hold();
  const DeviceSet there(*memory_, *stream_, pairs.batch());
  std::stop_source stop;
  const PreparedCall call = engine_->prepare(there.pairs(), options);
  std::jthread later([&] { stop.request_stop(); });
  AlignResults found;
  EXPECT_EQ(error_of<Error>([&] { call({.stop = stop.get_token()}, found); }).code(), ErrorCode::cancelled);
  fake_->let_go();
}

TEST_P(DevicePairsOnFake, AreLostWithTheDevice) {
  leaks_ = true;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 4, {10, 60}, {10, 60});
  const DeviceSet there(*memory_, *stream_, pairs.batch());
  runtime().faults().plan(Operation::launch, 3, device::cuda::status::launch_failure, true);
  for (int call = 0; call < 2; ++call) {
    EXPECT_EQ(error_of<Error>([&] { run({}, there.pairs()); }).code(), ErrorCode::device_failed);
  }
}

}  // namespace
}  // namespace anneal::align::cuda

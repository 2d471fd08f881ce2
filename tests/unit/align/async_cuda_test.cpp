// align_async() by an Aligner of a GPU: a stand-in for CUDA, in a program of its own, since the process has only one.
#include <gmock/gmock.h>

#include "support/compare.h"
#include "support/emulated_kernels.h"
#include "support/random_pairs.h"
#include "unit/align/cuda/device_set.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal {
namespace {

using device::cuda::error_of;

test::FakeCuda& fake() {
  static test::FakeCuda* const result = [] {
    auto* made = new test::FakeCuda;  // as long as the process
    test::define_align_kernels(*made);
    device::cuda::replace_toolkit(*made);
    return made;
  }();
  return *result;
}

class AsyncCuda : public testing::Test {
 protected:
  Aligner aligner_ = [] {
    fake();
    return Aligner({.output = Output::path}, {.backend = "cuda", .threads = 2});
  }();
  device::cuda::Device device_{*device::cuda::process_runtime(), 0};
  device::BufferPool memory_{device_, device::MemoryKind::device};
  device::cuda::Queue stream_{device_};
  test::Random random_{17};
  test::PairSet pairs_ = test::random_pairs(random_, Alphabet::dna, 20, {10, 60}, {10, 60});
};

TEST_F(AsyncCuda, AlignsWhatTheCallersStreamMakesReady) {
  const AlignResults expected = aligner_.align(pairs_.batch());
  fake().hold();
  const test::DeviceSet there(memory_, stream_, pairs_.batch());
  PendingAlignment pending = align_async(aligner_, there.pairs());
  EXPECT_FALSE(pending.is_done()) << "the stream is held";
  const Aligner moved = std::move(aligner_);
  fake().let_go();
  const AlignResults found = pending.get();
  EXPECT_TRUE(pending.is_done());
  EXPECT_EQ(found.engine, "cuda");
  EXPECT_EQ(found.warning, "");
  EXPECT_EQ(found.fallbacks, 0u);
  EXPECT_EQ(test::first_difference(expected, found), std::nullopt);
}

TEST_F(AsyncCuda, HasSeveralCallsOnTheirWay) {
  const test::DeviceSet there(memory_, stream_, pairs_.batch());
  const PairBatch batch = pairs_.batch();
  PendingAlignment first = align_async(aligner_, there.pairs()), second = align_async(aligner_, there.pairs()),
                   third = align_async(aligner_, batch);
  const AlignResults found = first.get();
  EXPECT_EQ(test::first_difference(found, second.get()), std::nullopt);
  EXPECT_EQ(test::first_difference(found, third.get()), std::nullopt);
}

TEST_F(AsyncCuda, EndsWhileItsStreamIsHeld) {
  fake().hold();
  const test::DeviceSet there(memory_, stream_, pairs_.batch());
  {
    const PendingAlignment pending = align_async(aligner_, there.pairs());
  }
  fake().let_go();
}

TEST_F(AsyncCuda, ThrowsOnlyWhereResultsAreTaken) {
  pairs_.add({"ACGT", "AC!T"});
  const test::DeviceSet there(memory_, stream_, pairs_.batch());
  PendingAlignment pending = align_async(aligner_, there.pairs());
  pending.wait();
  EXPECT_EQ(error_of<LetterError>([&] { pending.get(); }).record(), pairs_.size() - 1);
}

TEST_F(AsyncCuda, NeedsAnAlignerOfAGpu) {
  const Aligner cpu({}, {.backend = "cpu"});
  const auto error = error_of<Error>([&] { align_async(cpu, DevicePairs{}); });
  EXPECT_EQ(error.code(), ErrorCode::invalid_argument);
  EXPECT_THAT(error.what(), testing::HasSubstr("set AlignerSettings::backend to cuda"));
}

}  // namespace
}  // namespace anneal

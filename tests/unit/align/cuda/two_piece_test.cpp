#include <gtest/gtest.h>

#include "align/cuda/cuda_engine.h"
#include "support/emulated_kernels.h"
#include "unit/align/gpu/two_piece_cases.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {
namespace {

using device::cuda::Gpu;

/// On a GPU there is time for more.
class TwoPieceCuda : public device::cuda::CudaTest {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    if (is_fake()) test::define_align_kernels(*fake_);
  }
  std::unique_ptr<CudaEngine> make_engine(int threads = 2, const ChunkSizes& sizes = {}) {
    return std::make_unique<CudaEngine>(runtime(), std::vector{0}, threads, Aligner::min_memory, sizes);
  }
};
INSTANTIATE_TEST_SUITE_P(On, TwoPieceCuda, testing::Values(Gpu::fake, Gpu::real), device::cuda::gpu_name);

TEST_P(TwoPieceCuda, AgreesWithTheSpecification) {
  const auto engine = make_engine();
  test::TwoPieceCases cases(*engine);
  cases.expect_any(is_fake() ? 500 : 2000, 90);
  cases.expect_any(is_fake() ? 30 : 100, 700);
}

TEST_P(TwoPieceCuda, FillsStripsOfAnyLength) {
  const auto engine = make_engine();
  test::TwoPieceCases(*engine).expect_strips();
}

TEST_P(TwoPieceCuda, AlignsManyShortPairs) {
  const auto engine = make_engine(2, {.usual_letters = 20'000});
  test::TwoPieceCases(*engine).expect_similar(is_fake() ? 600 : 20'000, 150, 100);
}

TEST_P(TwoPieceCuda, AlignsLongPairs) {
  const auto engine = make_engine();
  test::TwoPieceCases(*engine).expect_similar(is_fake() ? 4 : 300, 3000, 500);
  test::TwoPieceCases(*engine).expect_similar(is_fake() ? 2 : 40, 1500, -1);
}

// Whatever fails, at whatever call, results are the same.
TEST_P(TwoPieceCuda, FinishesWhatTheDeviceDoesNot) {
  const AlignOptions options = test::TwoPieceCases::mapper_options(Mode::extend_ksw2, 30);
  for (const device::cuda::Operation operation : device::cuda::all_operations) {
    for (std::uint64_t n = 1; n <= 12; ++n) {
      SCOPED_TRACE(testing::Message() << "operation " << static_cast<int>(operation) << ", call " << n);
      runtime().reset_faults();
      const auto engine = make_engine(1);
      test::TwoPieceCases cases(*engine);
      runtime().faults().plan(operation, n, device::cuda::status::out_of_memory);
      cases.expect_same(options, cases.similar(5, 60), true);
    }
  }
  runtime().reset_faults();
}

class TwoPieceWithLittleMemory : public TwoPieceCuda {};
INSTANTIATE_TEST_SUITE_P(On, TwoPieceWithLittleMemory, testing::Values(Gpu::fake), device::cuda::gpu_name);

// Traces do not fit: scores are kept instead.
TEST_P(TwoPieceWithLittleMemory, RetracesSegments) {
  fake_->devices[0].memory = 1 << 20;
  const auto engine = make_engine(1);
  test::TwoPieceCases cases(*engine);
  for (const Mode mode : {Mode::global, Mode::extend_ksw2}) {
    const AlignOptions options = test::TwoPieceCases::mapper_options(mode, 300);
    cases.expect_same(options, cases.similar(3, 2000));
  }
}

// Nor do those.
TEST_P(TwoPieceWithLittleMemory, LeavesWhatDoesNotFitToTheCpu) {
  fake_->devices[0].memory = 300'000;
  const auto engine = make_engine(1);
  test::TwoPieceCases cases(*engine);
  test::PairSet pairs = cases.similar(2, 3000);
  pairs.add({"ACGTACGT", "ACGTTACGT"});
  const AlignOptions options = test::TwoPieceCases::mapper_options(Mode::global, -1);
  EXPECT_EQ(cases.expect_same(options, pairs, true).fallbacks, 2u);
}

}  // namespace
}  // namespace anneal::align::cuda

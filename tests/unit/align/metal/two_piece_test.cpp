#include <gtest/gtest.h>

#include "align/metal/metal_engine.h"
#include "unit/align/gpu/two_piece_cases.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::align::metal {
namespace {

class TwoPieceMetal : public device::metal::MetalTest {
 protected:
  std::unique_ptr<MetalEngine> make_engine(int threads = 2, const gpu::ChunkSizes& sizes = Platform::default_sizes) {
    return std::make_unique<MetalEngine>(runtime(), std::vector{0}, threads, Aligner::min_memory, sizes);
  }
};
INSTANTIATE_TEST_SUITE_P(On, TwoPieceMetal, testing::ValuesIn(device::metal::test_gpus()), device::metal::gpu_name);

TEST_P(TwoPieceMetal, AgreesWithTheSpecification) {
  const auto engine = make_engine();
  test::TwoPieceCases cases(*engine);
  cases.expect_any(150, 70);
  cases.expect_any(8, 400);
}

TEST_P(TwoPieceMetal, FillsStripsOfAnyLength) {
  const auto engine = make_engine();
  test::TwoPieceCases(*engine).expect_strips();
}

TEST_P(TwoPieceMetal, AlignsManyShortPairs) {
  const auto engine = make_engine(2, {.usual_letters = 2000, .least_letters = 2000});
  test::TwoPieceCases(*engine).expect_similar(100, 60, 40);
}

TEST_P(TwoPieceMetal, AlignsLongPairs) {
  const auto engine = make_engine();
  test::TwoPieceCases(*engine).expect_similar(2, 1000, 300);
}

// Traces do not fit: scores are kept instead.
TEST_P(TwoPieceMetal, RetracesSegments) {
  if (!device::metal::limit_memory(1 << 20)) GTEST_SKIP() << "this device has what memory it has";
  const auto engine = make_engine(1);
  test::TwoPieceCases cases(*engine);
  cases.expect_same(test::TwoPieceCases::mapper_options(Mode::extend_ksw2, 200), cases.similar(2, 1500));
}

}  // namespace
}  // namespace anneal::align::metal

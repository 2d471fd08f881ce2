// AutoEngine between the CPU and the CUDA engine.
#include <gmock/gmock.h>

#include "align/auto_engine.h"
#include "align/cuda/cuda_engine.h"
#include "align/engines.h"
#include "align/self_test.h"
#include "support/compare.h"
#include "support/emulated_kernels.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/base/temporary_folder.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {
namespace {

using device::cuda::Gpu;

class AutoCudaTest : public device::cuda::CudaTest {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    if (is_fake()) test::define_align_kernels(*fake_);
  }

  std::unique_ptr<CudaEngine> make_gpu() {
    return std::make_unique<CudaEngine>(runtime(), std::vector{0}, 1, Aligner::min_memory);
  }

  // Where each pair takes so many seconds.
  AutoEngine engine_for(const AlignOptions& options, test::PairSet& pairs, double cpu, double gpu) {
    const auto curve = [](double seconds) { return CostCurve{.points = {{1, seconds}, {4, 4 * seconds}}}; };
    const Calibration calibration{
        .cpu = curve(cpu), .gpu = curve(gpu), .gpu_identity = "cuda: " + make_gpu()->identity(), .opening = 1e-6};
    const CalibrationStore store(base::KeyedCache(temporary_.path()), "machine");
    for (const Work& work : work_of(Batch(pairs.batch(), options), options)) store.store(work.kind, calibration);
    const GpuSource gpus{.list = [this] { return std::vector<GpuCandidate>{{"cuda", [this] { return make_gpu(); }}}; },
                         .passes_self_test = passes_self_test};
    const EngineResources resources{.threads = 1, .memory = Aligner::min_memory};
    return {make_engine("cpu", resources), resources, gpus, store};
  }

  test::TemporaryFolder temporary_;
  test::Random random_{11};
};
INSTANTIATE_TEST_SUITE_P(On, AutoCudaTest, testing::Values(Gpu::fake, Gpu::real), device::cuda::gpu_name);

TEST_P(AutoCudaTest, GivesTheSameByEitherEngine) {
  for (const Mode mode : test::all_modes) {
    AlignOptions options;
    options.mode = mode;
    test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 3, {60, 100}, {60, 100});
    test::add_pair_values(random_, options, pairs);
    AlignResults by_cpu, by_gpu;
    engine_for(options, pairs, 1e-6, 1).execute(Batch(pairs.batch(), options), options, {}, by_cpu);
    engine_for(options, pairs, 1, 1e-6).execute(Batch(pairs.batch(), options), options, {}, by_gpu);
    EXPECT_NE(by_cpu.engine, "cuda");
    EXPECT_EQ(by_gpu.engine, "cuda");
    EXPECT_EQ(by_gpu.fallbacks, 0u);
    EXPECT_EQ(test::first_difference(by_cpu, by_gpu), std::nullopt);
  }
}

TEST_P(AutoCudaTest, MeasuresBoth) {
  const AlignOptions options{.output = Output::end};
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 1, {80, 100}, {80, 100});
  const AutoEngine engine = engine_for({.mode = Mode::global}, pairs, 1, 1);
  EXPECT_TRUE(engine.measure(Batch(pairs.batch(), options), options, {}));
  const auto estimate = engine.estimate(Batch(pairs.batch(), options), options);
  ASSERT_TRUE(estimate.has_value());
  EXPECT_GT(estimate->cpu, 0);
  EXPECT_GT(estimate->gpu, 0);
}

/// A real device must not be lost.
class AutoLostDevice : public AutoCudaTest {};
INSTANTIATE_TEST_SUITE_P(On, AutoLostDevice, testing::Values(Gpu::fake), device::cuda::gpu_name);

TEST_P(AutoLostDevice, GoesOnWithTheCpu) {
  leaks_ = true;
  const AlignOptions options;
  test::PairSet pairs = test::random_pairs(random_, Alphabet::dna, 2, {60, 100}, {60, 100});
  const AutoEngine engine = engine_for(options, pairs, 1, 1e-6);
  AlignResults whole, broken, after;
  engine.execute(Batch(pairs.batch(), options), options, {}, whole);
  runtime().faults().plan(device::cuda::Operation::launch, 1, device::cuda::status::launch_failure, true);
  engine.execute(Batch(pairs.batch(), options), options, {}, broken);
  engine.execute(Batch(pairs.batch(), options), options, {}, after);
  EXPECT_EQ(broken.engine, "cuda");
  EXPECT_EQ(broken.fallbacks, pairs.size());
  EXPECT_NE(broken.warning, "");
  EXPECT_NE(after.engine, "cuda");
  EXPECT_EQ(after.fallbacks, 0u);
  EXPECT_THAT(engine.why_no_gpu(), testing::HasSubstr("failed at work"));
  EXPECT_EQ(test::first_difference(whole, broken), std::nullopt);
  EXPECT_EQ(test::first_difference(whole, after), std::nullopt);
}

}  // namespace
}  // namespace anneal::align::cuda

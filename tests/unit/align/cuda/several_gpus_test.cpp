// CudaEngine with several devices.
#include <gmock/gmock.h>

#include "align/cuda/cuda_engine.h"
#include "align/scalar/scalar_engine.h"
#include "align/self_test.h"
#include "support/compare.h"
#include "support/emulated_kernels.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/device/cuda/cuda_test.h"

namespace anneal::align::cuda {
namespace {

using device::cuda::Operation;
using device::cuda::RuntimeError;
using testing::HasSubstr;
namespace status = device::cuda::status;

class SeveralGpus : public device::cuda::CudaTest {
 protected:
  SeveralGpus() { devices_ = 3; }

  void SetUp() override {
    CudaTest::SetUp();
    if (IsSkipped()) return;
    if (is_fake()) {
      test::define_align_kernels(*fake_);
      ordinals_ = {0, 1, 2};
    } else {
      ordinals_ = device::cuda::ordinals_of(device::cuda::all_devices);
      if (ordinals_.size() < 2) GTEST_SKIP() << "one GPU only";
    }
  }

  std::unique_ptr<CudaEngine> make_engine(int threads = 1) {
    return std::make_unique<CudaEngine>(runtime(), ordinals_, threads, Aligner::min_memory, sizes_);
  }
  AlignResults run(const Engine& engine) {
    AlignResults results;
    engine.execute(Batch(pairs_.batch(), options_), options_, {}, results);
    return results;
  }
  void expect_same(const AlignResults& found) {
    const AlignResults expected = run(scalar::ScalarEngine(1, Aligner::min_memory));
    EXPECT_EQ(test::first_difference(expected, found), std::nullopt);
  }
  void add_pairs(int chunks) {
    pairs_ = test::random_pairs(random_, Alphabet::dna, 512 * chunks, {10, 10}, {10, 10});
    test::add_pair_values(random_, options_, pairs_);
  }

  // Of 512 pairs.
  const ChunkSizes sizes_{.usual_letters = 512 * 20, .least_letters = 512 * 20, .most_per_worker = 100};
  std::vector<int> ordinals_;
  AlignOptions options_;
  test::PairSet pairs_;
  test::Random random_{5};
};
INSTANTIATE_TEST_SUITE_P(On, SeveralGpus, testing::Values(device::cuda::Gpu::fake, device::cuda::Gpu::real),
                         device::cuda::gpu_name);

TEST_P(SeveralGpus, DoNotTakeWhatIsInTheMemoryOfOne) {
  const auto engine = make_engine();
  EXPECT_THAT([&] { engine->prepare({}, options_); },
              testing::ThrowsMessage<Error>(HasSubstr("the sequences are in the memory of one: use that, cuda:N")));
}

TEST_P(SeveralGpus, ShareABatch) {
  for (const int threads : {1, 2, 7}) {
    const auto engine = make_engine(threads);
    EXPECT_EQ(engine->name(), "cuda:all");
    for (const Mode mode : test::all_modes) {
      options_.mode = mode;
      add_pairs(mode == Mode::local ? 9 : 2);
      const AlignResults found = run(*engine);
      EXPECT_EQ(found.engine, "cuda:all");
      EXPECT_EQ(found.fallbacks, 0u);
      EXPECT_EQ(found.warning, "");
      EXPECT_GT(found.kernel_seconds, 0);
      expect_same(found);
    }
  }
}

TEST_P(SeveralGpus, ShareExtensionsAsKsw2s) {
  options_.mode = Mode::extend_ksw2;
  options_.second_gap = GapCost{24, 1};
  add_pairs(3);
  const AlignResults found = run(*make_engine(2));
  EXPECT_EQ(found.fallbacks, 0u);
  EXPECT_EQ(found.warning, "");
  expect_same(found);
}

TEST_P(SeveralGpus, HaveAPartEachForTheSelfTest) {
  const auto engine = make_engine();
  const auto parts = engine->parts();
  ASSERT_EQ(parts.size(), ordinals_.size());
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const std::size_t before = is_fake() ? fake_->launches(ordinals_[k]) : 0;
    EXPECT_EQ(parts[k]->name(), device::cuda::backend_name(ordinals_[k]));
    EXPECT_TRUE(parts[k]->parts().empty());
    EXPECT_TRUE(passes_self_test(*parts[k]));
    if (is_fake()) {
      EXPECT_GT(fake_->launches(ordinals_[k]), before);
    }
  }
}

TEST_P(SeveralGpus, ServeCallsAtTheSameTime) {
  const auto engine = make_engine(2);
  add_pairs(3);
  AlignResults found[2];
  std::jthread other([&] { found[1] = run(*engine); });
  found[0] = run(*engine);
  other.join();
  for (const AlignResults& results : found) expect_same(results);
}

/// Where some of them fail.
class SomeGpus : public SeveralGpus {
 protected:
  // One thread serves all devices in turn.
  AlignResults run_with(const test::FakeCuda::Trouble& trouble, const std::vector<int>& devices) {
    const auto engine = make_engine();
    for (const int device : devices) fake_->troubles[device] = trouble;
    AlignResults found = run(*engine);
    expect_same(found);
    return found;
  }
};
INSTANTIATE_TEST_SUITE_P(On, SomeGpus, testing::Values(device::cuda::Gpu::fake), device::cuda::gpu_name);

TEST_P(SomeGpus, AllWork) {
  add_pairs(9);
  EXPECT_EQ(run_with({}, {}).warning, "");
  for (const int device : ordinals_) EXPECT_GT(fake_->launches(device), 0u) << device;
}

TEST_P(SomeGpus, DoTheWorkOfThoseThatLackMemory) {
  add_pairs(6);
  const AlignResults found = run_with({.allocate = status::out_of_memory}, {0});
  EXPECT_EQ(found.fallbacks, 0u);
  EXPECT_THAT(found.warning, HasSubstr("Fake GPU (cuda)"));
  EXPECT_EQ(fake_->launches(0), 0u);
  for (const int device : {1, 2}) EXPECT_GT(fake_->launches(device), 0u) << device;
}

TEST_P(SomeGpus, DoSmallerChunksWhereTheyHaveLittleMemory) {
  add_pairs(4);
  const auto engine = make_engine();
  fake_->devices[1].memory = 200 << 10;
  const AlignResults found = run(*engine);
  expect_same(found);
  EXPECT_EQ(found.fallbacks, 0u);
  EXPECT_THAT(found.warning, HasSubstr("Fake GPU (cuda:1)"));
  for (const int device : ordinals_) EXPECT_GT(fake_->launches(device), 0u) << device;
}

TEST_P(SomeGpus, DoTheWorkOfThoseThatLaunchNothing) {
  add_pairs(15);
  const AlignResults found = run_with({.launch = status::launch_out_of_resources}, {0, 2});
  EXPECT_EQ(found.fallbacks, 0u);
  EXPECT_THAT(found.warning, HasSubstr("Fake GPU (cuda"));
  EXPECT_EQ(fake_->launches(0), 0u);
  EXPECT_GT(fake_->launches(1), 0u);
  EXPECT_EQ(fake_->launches(2), 0u);
  const std::uint64_t failed = runtime().faults().count(Operation::launch) - fake_->launches(1);
  EXPECT_LE(failed, 12u) << "each is tried three times, and each time again by itself";
}

TEST_P(SomeGpus, LeaveTheWorkToTheCpuWhereAllFail) {
  add_pairs(3);
  const AlignResults found = run_with({.launch = status::launch_out_of_resources}, ordinals_);
  EXPECT_EQ(found.fallbacks, pairs_.size());
  EXPECT_NE(found.warning, "");
}

TEST_P(SomeGpus, AreUsedWhereOthersCannotBeOpened) {
  add_pairs(2);
  fake_->troubles[0].memory_info = status::devices_unavailable;
  const auto engine = make_engine();
  EXPECT_EQ(engine->parts().size(), 2u);
  for (const bool is_first : {true, false}) {
    const AlignResults found = run(*engine);
    expect_same(found);
    EXPECT_EQ(found.fallbacks, 0u);
    EXPECT_EQ(!found.warning.empty(), is_first) << "it is said once";
  }
  fake_->devices[1].memory = 20 << 20;
  EXPECT_TRUE(make_engine()->parts().empty()) << "one alone is left, which has enough memory";
  for (const int device : ordinals_) fake_->troubles[device].memory_info = status::devices_unavailable;
  EXPECT_THROW(make_engine(), RuntimeError);
}

// What fails at any call of any device changes no result.
TEST_P(SomeGpus, FinishChunksOfWhichOneFails) {
  add_pairs(5);
  const AlignResults expected = run(scalar::ScalarEngine(1, Aligner::min_memory));
  for (const device::cuda::Status code : {status::out_of_memory, status::launch_out_of_resources}) {
    for (const Operation operation : device::cuda::all_operations) {
      const auto engine = make_engine();
      runtime().reset_faults();
      run(*engine);
      const std::uint64_t calls = runtime().faults().count(operation);
      for (std::uint64_t part = 1; part <= 5 && calls > 0; ++part) {
        runtime().reset_faults();
        runtime().faults().plan(operation, std::max<std::uint64_t>(1, calls * part / 5), code);
        const AlignResults found = run(*engine);
        EXPECT_EQ(found.warning.empty(), !runtime().faults().has_struck());
        EXPECT_EQ(found.fallbacks, 0u);
        EXPECT_FALSE(test::first_difference(expected, found)) << static_cast<int>(operation) << ", part " << part;
      }
    }
  }
}

TEST_P(SomeGpus, LeaveTheWorkToTheCpuWhereCudaIsLost) {
  leaks_ = true;
  add_pairs(6);
  const auto engine = make_engine();
  runtime().faults().plan(Operation::launch, 5, status::launch_failure, true);
  for (int call = 0; call < 2; ++call) {
    const AlignResults found = run(*engine);
    EXPECT_THAT(found.warning, HasSubstr("error number"));
    EXPECT_EQ(found.fallbacks, pairs_.size());
    expect_same(found);
  }
  EXPECT_FALSE(engine->is_available());
}

}  // namespace
}  // namespace anneal::align::cuda

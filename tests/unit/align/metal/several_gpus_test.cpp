// MetalEngine with two devices, of which one has memory of its own.
#include <gmock/gmock.h>
#include <metal_emulator.h>

#include <thread>

#include "align/metal/metal_engine.h"
#include "align/scalar/scalar_engine.h"
#include "align/self_test.h"
#include "support/compare.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "unit/device/metal/metal_test.h"

namespace anneal::align::metal {
namespace {

using device::metal::RuntimeError;
using testing::HasSubstr;

class SeveralMetalGpus : public device::metal::MetalTest {
 protected:
  void SetUp() override {
    MetalTest::SetUp();
    device::metal::add_other_gpu();
    // Checked dispatches wait for each other.
    adjust([](metal_emulator::Settings& settings) { settings.checks = false; });
  }

  template <class Change>
  static void adjust(Change change) {
    metal_emulator::Settings settings = metal_emulator::settings();
    change(settings);
    metal_emulator::set_settings(settings);
  }
  static void limit_memory_of(unsigned device, std::uint64_t bytes) {
    adjust([=](metal_emulator::Settings& settings) { settings.devices[device].memory = bytes; });
  }

  static unsigned commits_of(unsigned device) { return metal_emulator::commits(device); }

  // With one thread, that serves both devices in turn.
  std::unique_ptr<MetalEngine> make_engine(int threads = 1) {
    return std::make_unique<MetalEngine>(runtime(), std::vector{0, 1}, threads, Aligner::min_memory, sizes_);
  }
  AlignResults run(const Engine& engine) {
    AlignResults results;
    engine.execute(Batch(pairs_.batch(), options_), options_, {}, results);
    return results;
  }
  AlignResults run_and_compare(const Engine& engine) {
    AlignResults found = run(engine);
    EXPECT_EQ(test::first_difference(run(scalar::ScalarEngine(1, Aligner::min_memory)), found), std::nullopt);
    return found;
  }
  void add_pairs(int chunks) {
    pairs_ = test::random_pairs(random_, Alphabet::dna, pairs_of_chunk * chunks, {20, 20}, {20, 20});
    test::add_pair_values(random_, options_, pairs_);
  }

  static constexpr int pairs_of_chunk = 8;
  const gpu::ChunkSizes sizes_{
      .usual_letters = pairs_of_chunk * 40, .least_letters = pairs_of_chunk * 40, .most_per_worker = 100};
  AlignOptions options_;
  test::PairSet pairs_;
  test::Random random_{5};
};
INSTANTIATE_TEST_SUITE_P(On, SeveralMetalGpus, testing::ValuesIn(device::metal::test_gpus()), device::metal::gpu_name);

TEST_P(SeveralMetalGpus, ShareABatch) {
  for (const int threads : {1, 2, 3}) {
    const auto engine = make_engine(threads);
    EXPECT_EQ(engine->name(), "metal:all");
    for (const Mode mode : test::all_modes) {
      options_.mode = mode;
      add_pairs(6);
      const unsigned before[] = {commits_of(0), commits_of(1)};
      const AlignResults found = run_and_compare(*engine);
      EXPECT_EQ(found.engine, "metal:all");
      EXPECT_EQ(found.fallbacks, 0u);
      EXPECT_EQ(found.warning, "");
      EXPECT_GT(found.kernel_seconds, 0);
      if (threads > 1) continue;  // one of them may have taken all chunks
      for (const unsigned device : {0u, 1u}) EXPECT_GT(commits_of(device), before[device]) << threads;
    }
  }
}

TEST_P(SeveralMetalGpus, HaveAPartEachForTheSelfTest) {
  const auto engine = make_engine();
  EXPECT_THAT(engine->identity(), HasSubstr("; "));
  const auto parts = engine->parts();
  ASSERT_EQ(parts.size(), 2u);
  for (unsigned device = 0; device < 2; ++device) {
    const unsigned before[] = {commits_of(0), commits_of(1)};
    EXPECT_EQ(parts[device]->name(), device::metal::backend_name(static_cast<int>(device)));
    EXPECT_TRUE(parts[device]->parts().empty());
    EXPECT_TRUE(passes_self_test(*parts[device]));
    EXPECT_GT(commits_of(device), before[device]);
    EXPECT_EQ(commits_of(1 - device), before[1 - device]);
  }
}

TEST_P(SeveralMetalGpus, ServeCallsAtTheSameTime) {
  const auto engine = make_engine(2);
  add_pairs(4);
  AlignResults found[2];
  std::thread other([&] { found[1] = run(*engine); });
  found[0] = run_and_compare(*engine);
  other.join();
  EXPECT_EQ(test::first_difference(found[0], found[1]), std::nullopt);
}

TEST_P(SeveralMetalGpus, OneDoesTheWorkOfAnotherThatLacksMemory) {
  add_pairs(6);
  for (const unsigned device : {0u, 1u}) {
    const auto engine = make_engine();
    limit_memory_of(device, 1);
    const unsigned before = commits_of(1 - device);
    const AlignResults found = run_and_compare(*engine);
    EXPECT_EQ(found.fallbacks, 0u);
    EXPECT_THAT(found.warning, HasSubstr("(" + device::metal::backend_name(static_cast<int>(device)) + ")"));
    EXPECT_GT(commits_of(1 - device), before);
    limit_memory_of(device, std::uint64_t{1} << 30);
  }
}

TEST_P(SeveralMetalGpus, OneIsUsedWhereAnotherCannotBeOpened) {
  add_pairs(2);
  limit_memory_of(1, std::uint64_t{20} << 20);
  const auto engine = make_engine();
  EXPECT_TRUE(engine->parts().empty());
  for (const bool is_first : {true, false}) {
    const AlignResults found = run_and_compare(*engine);
    EXPECT_EQ(found.fallbacks, 0u);
    EXPECT_EQ(!found.warning.empty(), is_first) << "it is said once";
  }
  EXPECT_EQ(commits_of(1), 0u);
  limit_memory_of(0, std::uint64_t{20} << 20);
  EXPECT_THROW(make_engine(), RuntimeError);
}

TEST_P(SeveralMetalGpus, OneFinishesTheWorkOfAnotherThatIsRemoved) {
  add_pairs(8);
  for (const unsigned device : {0u, 1u}) {
    leaks_ = true;
    device::metal::Runtime fresh(runtime().api());
    const MetalEngine engine(fresh, {0, 1}, 1, Aligner::min_memory, sizes_);  // which serves both
    const unsigned before = commits_of(device);
    run(engine);
    metal_emulator::remove_device(device, (commits_of(device) - before) / 2);
    for (int call = 0; call < 2; ++call) {
      const AlignResults found = run_and_compare(engine);
      EXPECT_EQ(found.fallbacks, 0u);
      EXPECT_THAT(found.warning, HasSubstr("DeviceRemoved"));
    }
    EXPECT_TRUE(fresh.of_device(static_cast<int>(device)).is_poisoned());
    EXPECT_TRUE(engine.is_available());
    SetUp();
  }
}

TEST_P(SeveralMetalGpus, LeaveTheWorkToTheCpuWhereBothAreRemoved) {
  leaks_ = true;
  add_pairs(6);
  const auto engine = make_engine(2);
  for (const unsigned device : {0u, 1u}) metal_emulator::remove_device(device, 2);
  run_and_compare(*engine);
  const AlignResults found = run_and_compare(*engine);
  EXPECT_EQ(found.fallbacks, pairs_.size());
  EXPECT_FALSE(engine->is_available());
}

}  // namespace
}  // namespace anneal::align::metal

#include "search/auto_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "unit/io/thrown.h"
#include "unit/search/fake_engine.h"

namespace anneal::search {
namespace {

using test::failing_at;
using test::FakeDevice;
using test::FakeWork;

class AutoEngineTest : public testing::Test {
 protected:
  // So many cells, of targets that share their letters.
  struct Load {
    explicit Load(double cells)
        : query(10'000, '\1'), target(100'000, '\2'), queries{query},
          targets(static_cast<std::size_t>(cells / 1e9), target) {}

    std::string query;
    std::string target;
    test::Views queries;
    test::Views targets;
  };

  AutoEngine make() {
    return {test::engine_of(cpu), [this]() -> std::unique_ptr<Engine> {
              ++opened;
              return has_gpu ? test::engine_of(gpu) : nullptr;
            }};
  }

  static void find(Engine& engine, double cells) {
    const Load load(cells);
    engine.load(load.targets);
    find_again(engine, load);
  }

  static void find_again(Engine& engine, const Load& load) {
    const std::int32_t least = 1;
    test::Hits hits;
    engine.find(load.queries, {&least, 1}, 1'000'000, hits, {});
    EXPECT_EQ(hits.at(0).size(), load.targets.size());
  }

  static std::function<void(int)> taking(int milliseconds) {
    return [=](int) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); };
  }

  static constexpr double little = 1e9;  // cells; enough to tell a rate
  static constexpr double much = 2e12;   // what opening a GPU is worth

  std::shared_ptr<FakeDevice> cpu = test::fake_device("cpu");
  std::shared_ptr<FakeDevice> gpu = test::fake_device("gpu");
  bool has_gpu = true;
  int opened = 0;
};

TEST_F(AutoEngineTest, OpensNoGpuForLittleWork) {
  AutoEngine engine = make();
  for (int round = 0; round < 3; ++round) find(engine, little);
  const FakeWork work(50);
  EXPECT_EQ(work.found_by(engine), work.expected);
  EXPECT_EQ(opened, 0);
  EXPECT_EQ(engine.name(), "cpu");
}

TEST_F(AutoEngineTest, OpensAGpuOnceForMuchWork) {
  AutoEngine engine = make();
  for (int round = 0; round < 3; ++round) find(engine, much);
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(engine.name(), "gpu");
  EXPECT_EQ(gpu->loads, 3);
  EXPECT_EQ(cpu->finds, 0);
}

TEST_F(AutoEngineTest, LooksForAGpuOnce) {
  has_gpu = false;
  AutoEngine engine = make();
  for (int round = 0; round < 3; ++round) find(engine, much);
  EXPECT_EQ(opened, 1);
  EXPECT_EQ(engine.name(), "cpu");
  EXPECT_EQ(engine.warning(), "");
}

TEST_F(AutoEngineTest, ChangesToWhatWasFasterAndLoadsItsTargets) {
  AutoEngine engine = make();
  cpu->on_find = taking(50);
  find(engine, little);
  EXPECT_EQ(engine.name(), "cpu");
  find(engine, 60 * little);  // which would take the CPU three seconds
  EXPECT_EQ(engine.name(), "gpu");

  const Load load(little);
  engine.load(load.targets);
  gpu->on_find = taking(500);
  find_again(engine, load);
  EXPECT_EQ(engine.name(), "gpu");
  for (int round = 0; round < 2; ++round) find_again(engine, load);
  EXPECT_EQ(engine.name(), "cpu");
  EXPECT_EQ(cpu->loads, 2) << "once for these targets";
  EXPECT_EQ(gpu->loads, 2) << "once for these targets";
}

TEST_F(AutoEngineTest, LoadsAgainWhereLoadingFailed) {
  AutoEngine engine = make();
  cpu->on_load = failing_at(1, ErrorCode::out_of_memory);
  const FakeWork work(50);
  EXPECT_EQ(test::thrown_by([&] { work.found_by(engine); }).code, ErrorCode::out_of_memory);
  EXPECT_EQ(work.found_again_by(engine), work.expected);
}

TEST_F(AutoEngineTest, PassesOnACancellation) {
  AutoEngine engine = make();
  const FakeWork work(50);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(test::thrown_by([&] { work.found_by(engine, {.stop = stop.get_token()}); }).code, ErrorCode::cancelled);
  test::ProgressLog progress;
  EXPECT_EQ(work.found_again_by(engine, progress.control()), work.expected);
  EXPECT_TRUE(progress.is_whole(work));
}

TEST_F(AutoEngineTest, PassesOnEitherWarning) {
  AutoEngine engine = make();
  cpu->warning = "a device of the aligner is gone";
  EXPECT_EQ(engine.warning(), cpu->warning);
  find(engine, much);
  EXPECT_EQ(engine.warning(), cpu->warning);
  gpu->warning = "the GPU is gone";
  EXPECT_EQ(engine.warning(), gpu->warning);
}

}  // namespace
}  // namespace anneal::search

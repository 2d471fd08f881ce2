#include "align/auto_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "align/sample_pairs.h"
#include "unit/align/fake_engine.h"
#include "unit/base/temporary_folder.h"
#include "unit/io/thrown.h"

namespace anneal::align {
namespace {

using testing::HasSubstr;

constexpr double opening = 0.5;

// A second for each pair, on whichever takes that long; the other takes a microsecond.
Calibration calibration(double cpu, double gpu, const std::string& identity = "gpu: fake") {
  const auto curve = [](double seconds) { return CostCurve{.points = {{1, seconds}, {4, 4 * seconds}}}; };
  return {.cpu = curve(cpu), .gpu = curve(gpu), .gpu_identity = identity, .opening = opening};
}

class AutoEngineTest : public testing::Test {
 protected:
  void SetUp() override { rebuild(); }

  // As in a new process.
  void rebuild() {
    auto cpu = std::make_unique<FakeEngine>("cpu", [this](AlignResults&) {
      if (cpu_is_slow_) std::this_thread::sleep_for(std::chrono::milliseconds(600));
    });
    cpu_ = cpu.get();
    const GpuSource gpus{.list = [this] { return list(); },
                         .passes_self_test = [this](const Engine&) { return passes_; },
                         .opens_soon = opens_soon_,
                         .note = [this](const std::string&, const std::string& note) { note_ = note; }};
    engine_ = std::make_unique<AutoEngine>(std::move(cpu), EngineResources{.callers = callers_}, gpus, store_);
  }

  std::vector<GpuCandidate> list() {
    ++listed_;
    while_opening_();
    if (!has_gpu_) return {};
    return {{"gpu", [this]() -> std::unique_ptr<Engine> {
               if (fails_to_open_) throw Error(ErrorCode::device_failed, "broken");
               auto gpu = std::make_unique<FakeEngine>("gpu", [this](AlignResults& results) {
                 if (gpu_is_wrong_) ++results.alignments.back().score;
                 if (gpu_is_slow_) std::this_thread::sleep_for(std::chrono::milliseconds(3));
               });
               gpu_ = gpu.get();
               return gpu;
             }}};
  }

  std::string engine_for(std::size_t pairs, std::size_t length = 100, const RunControl& control = {}) {
    const std::string letters(length, 'A');
    const std::vector<std::string_view> views(pairs, letters);
    const PairBatch batch{.queries = views, .targets = views};
    const AlignOptions options{.output = Output::score};
    return std::string(engine_->choose(Batch(batch, options), options, control).name());
  }
  bool measure() {
    const SamplePairs pairs({.pairs = 1, .query_length = 100, .target_length = 100}, 1);
    const AlignOptions options{.output = Output::score};
    return engine_->measure(Batch(pairs.batch(1, Mode::local), options), options, {});
  }

  test::TemporaryFolder temporary_;
  CalibrationStore store_{base::KeyedCache(temporary_.path()), "machine"};
  WorkKind kind_{.output = Output::score};
  bool has_gpu_ = true, fails_to_open_ = false, passes_ = true, gpu_is_wrong_ = false, gpu_is_slow_ = false,
       cpu_is_slow_ = false, opens_soon_ = false;
  int callers_ = 1;
  std::function<void()> while_opening_ = [] {};
  int listed_ = 0;
  std::string note_;
  FakeEngine* cpu_ = nullptr;
  FakeEngine* gpu_ = nullptr;
  std::unique_ptr<AutoEngine> engine_;
};

TEST_F(AutoEngineTest, IsCalledAuto) {
  EXPECT_EQ(engine_->name(), "auto");
  EXPECT_EQ(engine_->cpu().name(), "cpu");
}

TEST_F(AutoEngineTest, ReturnsWhatTheChosenEngineDoes) {
  const std::string_view letters = "ACGTACGT";
  const PairBatch pairs{.queries = {&letters, 1}, .targets = {&letters, 1}};
  AlignResults results;
  engine_->execute(Batch(pairs, AlignOptions{}), {}, {}, results);
  EXPECT_EQ(results.engine, "cpu");
  EXPECT_EQ(results[0].score, 8);
}

TEST_F(AutoEngineTest, OpensNoDriverForLittleWork) {
  for (int call = 0; call < 50; ++call) EXPECT_EQ(engine_for(1023), "cpu");
  EXPECT_EQ(listed_, 0);
}

TEST_F(AutoEngineTest, MeasuresOnceTheCpuHadEnoughToDo) {
  gpu_is_slow_ = true;
  engine_for(40000, 400);  // guessed to take 0.64 s
  EXPECT_EQ(listed_, 0);
  engine_for(100000, 400);
  EXPECT_EQ(listed_, 1);
  EXPECT_TRUE(store_.find({.output = Output::score, .length = 400}).has_value());
  EXPECT_EQ(note_, "used where it is faster");
}

TEST_F(AutoEngineTest, MeasuresOnceTheCpuHasTakenASecond) {
  const std::string_view letters = "ACGTACGT";
  const PairBatch pairs{.queries = {&letters, 1}, .targets = {&letters, 1}};
  AlignResults results;
  cpu_is_slow_ = true;
  for (int call = 0; call < 2; ++call) engine_->execute(Batch(pairs, AlignOptions{}), {}, {}, results);
  EXPECT_EQ(listed_, 0);
  cpu_is_slow_ = false;
  engine_->execute(Batch(pairs, AlignOptions{}), {}, {}, results);
  EXPECT_EQ(listed_, 1);
  EXPECT_TRUE(store_.find({}).has_value());
}

TEST_F(AutoEngineTest, MeasuresNothingTwice) {
  EXPECT_TRUE(measure());
  const auto found = store_.find(kind_);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->gpu_identity, "gpu: fake");
  const int calls = gpu_->calls_;
  EXPECT_TRUE(measure());
  EXPECT_EQ(gpu_->calls_, calls);
  rebuild();
  EXPECT_TRUE(measure());
  EXPECT_EQ(gpu_->calls_, 1) << "only the first batch";
  EXPECT_EQ(store_.find(kind_), found);
}

TEST_F(AutoEngineTest, TakesTheFasterOnceAGpuIsOpen) {
  ASSERT_TRUE(measure());
  store_.store(kind_, calibration(1, 1e-6));
  rebuild();
  EXPECT_EQ(engine_for(1), "gpu") << "a second saved pays for half a second";
  EXPECT_EQ(engine_for(1), "gpu");
  store_.store(kind_, calibration(1e-6, 1));
  rebuild();
  for (int call = 0; call < 9; ++call) EXPECT_EQ(engine_for(1), "cpu");
  EXPECT_EQ(listed_, 2);
}

TEST_F(AutoEngineTest, OpensAGpuOnceItWouldHavePaid) {
  store_.store(kind_, calibration(0.2, 1e-6));
  EXPECT_EQ(engine_for(1), "cpu");
  EXPECT_EQ(engine_for(1), "cpu");
  EXPECT_EQ(listed_, 0);
  EXPECT_EQ(engine_for(1), "gpu") << "0.6 s in all";
  EXPECT_EQ(engine_for(1), "gpu");
  EXPECT_EQ(listed_, 1);
}

TEST_F(AutoEngineTest, ThreadsThatCallAtOnceShareTheGpu) {
  callers_ = 4;
  store_.store(kind_, calibration(1, 0.3));
  rebuild();
  for (int call = 0; call < 9; ++call) EXPECT_EQ(engine_for(1), "cpu");
  EXPECT_EQ(listed_, 0);
  store_.store(kind_, calibration(1, 0.1));
  rebuild();
  for (int call = 0; call < 3; ++call) EXPECT_EQ(engine_for(1), "cpu");
  EXPECT_EQ(engine_for(1), "gpu") << "2.4 s in all, of four threads that would each have waited for half a second";
}

TEST_F(AutoEngineTest, WhatOthersBringMeanwhileIsTheCpus) {
  store_.store(kind_, calibration(1, 1e-6));
  while_opening_ = [this] {
    std::string other;
    std::thread([&] { other = engine_for(1); }).join();
    EXPECT_EQ(other, "cpu");
  };
  EXPECT_EQ(engine_for(1), "gpu");
  EXPECT_EQ(listed_, 1);
}

TEST_F(AutoEngineTest, TheOpenGpuTakesUnmeasuredBatchesFrom1024PairsOn) {
  ASSERT_TRUE(measure());
  EXPECT_EQ(engine_for(1023, 300), "cpu");
  EXPECT_EQ(engine_for(1024, 300), "gpu");
}

TEST_F(AutoEngineTest, AGpuThatOpensSoonTakesUnmeasuredBatchesAtOnce) {
  opens_soon_ = true;
  rebuild();
  EXPECT_EQ(engine_for(1023), "cpu");
  EXPECT_EQ(listed_, 0);
  EXPECT_EQ(engine_for(1024), "gpu");
  fails_to_open_ = true;
  rebuild();
  EXPECT_EQ(engine_for(1024), "cpu");
  EXPECT_EQ(engine_for(1024), "cpu");
  EXPECT_EQ(listed_, 2);
}

TEST_F(AutoEngineTest, MeasuresAnewForAnotherGpu) {
  store_.store(kind_, calibration(1, 1e-6, "gpu: another"));
  engine_for(1);
  EXPECT_EQ(listed_, 1);
  EXPECT_EQ(store_.find(kind_)->gpu_identity, "gpu: fake");
}

TEST_F(AutoEngineTest, LeavesAllToTheCpuWithoutAGpuThatWorks) {
  store_.store(kind_, calibration(1, 1e-6));
  const auto expect_cpu = [&](const std::string& why) {
    rebuild();
    listed_ = 0;
    for (int call = 0; call < 3; ++call) EXPECT_EQ(engine_for(2000), "cpu");
    EXPECT_EQ(listed_, 1) << "asks once";
    EXPECT_EQ(engine_->why_no_gpu(), why);
    EXPECT_FALSE(measure());
  };
  has_gpu_ = false;
  expect_cpu("there is no GPU");
  has_gpu_ = true;
  fails_to_open_ = true;
  expect_cpu("gpu: broken");
  fails_to_open_ = false;
  passes_ = false;
  expect_cpu("gpu: it failed its self-test");
  EXPECT_EQ(note_, "not used: it failed its self-test");
}

TEST_F(AutoEngineTest, DistrustsAGpuThatIsWrong) {
  gpu_is_wrong_ = true;
  EXPECT_FALSE(measure());
  EXPECT_THAT(engine_->why_no_gpu(), HasSubstr("gpu: gpu found other alignments than cpu"));
  EXPECT_EQ(store_.find(kind_), std::nullopt);
  EXPECT_EQ(engine_for(5000), "cpu");
  EXPECT_THAT(note_, HasSubstr("not used: gpu found other alignments"));
}

TEST_F(AutoEngineTest, StopsUsingAGpuThatFailed) {
  store_.store(kind_, calibration(1, 1e-6));
  EXPECT_EQ(engine_for(1), "gpu");
  gpu_->is_available_ = false;
  EXPECT_EQ(engine_for(1), "cpu");
  EXPECT_THAT(engine_->why_no_gpu(), HasSubstr("failed at work"));
}

TEST_F(AutoEngineTest, LetsAStopThroughAndStaysUsable) {
  std::stop_source source;
  source.request_stop();
  const RunControl control{.stop = source.get_token()};
  EXPECT_EQ(test::thrown_by([&] { engine_for(100000, 400, control); }).code, ErrorCode::cancelled);
  EXPECT_EQ(engine_->why_no_gpu(), "");
  EXPECT_TRUE(measure());
}

TEST_F(AutoEngineTest, EstimatesWhatIsMeasured) {
  const SamplePairs pairs({.pairs = 8, .query_length = 100, .target_length = 100}, 1);
  const AlignOptions options{.output = Output::score};
  const Batch batch(pairs.batch(8, Mode::local), options);
  EXPECT_EQ(engine_->estimate(batch, options), std::nullopt);
  store_.store(kind_, calibration(1, 0.5));
  rebuild();
  const auto seconds = engine_->estimate(batch, options);
  ASSERT_TRUE(seconds.has_value());
  EXPECT_NEAR(seconds->cpu, 8, 1e-9);
  EXPECT_NEAR(seconds->gpu, 4, 1e-9);
}

}  // namespace
}  // namespace anneal::align

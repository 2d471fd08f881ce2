#include "search/shared_engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/io/thrown.h"
#include "unit/search/fake_engine.h"

namespace anneal::search {
namespace {

using test::failing_at;
using test::failing_from;
using test::FakeDevice;
using test::FakeWork;
using test::ProgressLog;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Devices {
 public:
  explicit Devices(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) devices_.push_back(test::fake_device("fake" + std::to_string(i)));
  }

  FakeDevice& operator[](std::size_t index) { return *devices_[index]; }

  SharedEngine shared() const {
    std::vector<std::unique_ptr<Engine>> engines;
    engines.reserve(devices_.size());
    for (const auto& device : devices_) engines.push_back(test::engine_of(device));
    return {"together", std::move(engines)};
  }

 private:
  std::vector<std::shared_ptr<FakeDevice>> devices_;
};

TEST(SharedEngine, FindsWhatOneEngineFinds) {
  for (const std::size_t devices : {1, 2, 3, 8}) {
    SharedEngine engine = Devices(devices).shared();
    for (const std::size_t targets : {100, 0, 1, 2, 7}) {
      for (const std::size_t top : {1, 3, 1000}) {
        const FakeWork work(targets, top);
        ProgressLog progress;
        EXPECT_EQ(work.found_by(engine, progress.control()), work.expected) << devices << " devices, " << targets;
        EXPECT_TRUE(progress.is_whole(work));
      }
    }
    EXPECT_EQ(engine.name(), "together");
    EXPECT_EQ(engine.warning(), "");
  }
}

TEST(SharedEngine, GivesEachDeviceAboutAsMuch) {
  Devices devices(4);
  SharedEngine engine = devices.shared();
  const FakeWork work(400);
  work.found_by(engine);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_GT(devices[i].loaded, 80);
    EXPECT_LT(devices[i].loaded, 120);
  }
}

TEST(SharedEngine, LeavesOutWhatFailsAnywhere) {
  const FakeWork work(50);
  for (const bool in_load : {true, false}) {
    for (const int call : {1, 2}) {
      Devices devices(3);
      auto& script = in_load ? devices[1].on_load : devices[1].on_find;
      script = failing_from(call, ErrorCode::device_failed);
      SharedEngine engine = devices.shared();
      for (int round = 1; round <= 3; ++round) {
        ProgressLog progress;
        EXPECT_EQ(work.found_by(engine, progress.control()), work.expected);
        EXPECT_EQ(work.found_again_by(engine), work.expected);
        EXPECT_TRUE(progress.is_whole(work)) << "round " << round;
      }
      EXPECT_THAT(engine.warning(), AllOf(HasSubstr("fake1 is no longer used"), HasSubstr("scripted")));
      EXPECT_EQ(devices[0].loaded + devices[2].loaded, 50);
    }
  }
}

TEST(SharedEngine, WarnsOfTheFirstThatFailed) {
  Devices devices(3);
  devices[2].on_load = failing_at(1, ErrorCode::out_of_memory);
  devices[0].on_find = failing_at(2, ErrorCode::device_failed);
  SharedEngine engine = devices.shared();
  const FakeWork work(50);
  for (int round = 0; round < 3; ++round) EXPECT_EQ(work.found_by(engine), work.expected);
  EXPECT_THAT(engine.warning(), AllOf(HasSubstr("fake2"), Not(HasSubstr("fake0"))));
  EXPECT_EQ(devices[1].loaded, 50);
}

TEST(SharedEngine, FailsWhereAllDevicesDo) {
  const FakeWork work(50);
  Devices devices(3);
  for (std::size_t i = 0; i < 3; ++i) devices[i].on_load = failing_at(2, ErrorCode::device_failed);
  // Smaller pieces help one of them.
  devices[1].on_load = failing_at(2, ErrorCode::out_of_memory);
  SharedEngine engine = devices.shared();
  EXPECT_EQ(work.found_by(engine), work.expected);
  EXPECT_EQ(test::thrown_by([&] { work.found_by(engine); }).code, ErrorCode::out_of_memory);
  EXPECT_EQ(work.found_by(engine), work.expected);
}

TEST(SharedEngine, ACancellationIsNoFailure) {
  const FakeWork work(50);
  Devices devices(3);
  // A device that fails as the others stop is not worth a word: the call may come again.
  devices[0].on_find = failing_at(1, ErrorCode::device_failed);
  devices[1].on_find = failing_at(1, ErrorCode::cancelled);
  devices[2].on_find = failing_at(1, ErrorCode::cancelled);
  SharedEngine engine = devices.shared();
  EXPECT_EQ(test::thrown_by([&] { work.found_by(engine); }).code, ErrorCode::cancelled);
  EXPECT_EQ(engine.warning(), "");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(test::thrown_by([&] { work.found_by(engine, {.stop = stop.get_token()}); }).code, ErrorCode::cancelled);
  EXPECT_EQ(work.found_by(engine), work.expected);
  EXPECT_GT(devices[0].loaded, 0);
  EXPECT_GT(devices[1].loaded, 0);
}

TEST(SharedEngine, PassesOnWhatIsNoDevicesFailure) {
  Devices devices(2);
  devices[1].on_find = failing_at(1, ErrorCode::internal);
  SharedEngine engine = devices.shared();
  EXPECT_EQ(test::thrown_by([&] { FakeWork(9).found_by(engine); }).code, ErrorCode::internal);
}

}  // namespace
}  // namespace anneal::search

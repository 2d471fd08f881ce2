#include "search/fallback_engine.h"

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

class FallbackEngineTest : public testing::Test {
 protected:
  FallbackEngine make() {
    return {"fast", [this] { return test::engine_of(device); }, [this] { return test::engine_of(other); },
            SubstitutionMatrix::builtin("BLOSUM62")};
  }

  void expect_all_found(FallbackEngine& engine) const {
    ProgressLog progress;
    EXPECT_EQ(work.found_by(engine, progress.control()), work.expected);
    EXPECT_TRUE(progress.is_whole(work));
    EXPECT_EQ(work.found_again_by(engine), work.expected);
  }

  static auto is_warning_with(const std::string& reason) {
    return AllOf(HasSubstr("fast is not used: "), HasSubstr(reason), HasSubstr("other does its work"));
  }

  std::shared_ptr<FakeDevice> device = test::fake_device("device");
  std::shared_ptr<FakeDevice> other = test::fake_device("other");
  FakeWork work{50};
  // The self-test loads twice and finds twice; the other one finds once for it.
  static constexpr int tested = 2;
};

TEST_F(FallbackEngineTest, UsesADeviceThatWorks) {
  FallbackEngine engine = make();
  for (int round = 0; round < 2; ++round) expect_all_found(engine);
  EXPECT_EQ(engine.warning(), "");
  EXPECT_EQ(engine.name(), "fast");
  EXPECT_EQ(other->finds, 1);
  device->warning = "one of two is gone";
  EXPECT_EQ(engine.warning(), device->warning);
}

TEST_F(FallbackEngineTest, DoesWithoutADeviceThatCannotBeOpened) {
  for (const ErrorCode code : {ErrorCode::unavailable, ErrorCode::device_failed, ErrorCode::out_of_memory}) {
    FallbackEngine engine(
        "fast", [=]() -> std::unique_ptr<Engine> { throw Error(code, "scripted"); },
        [this] { return test::engine_of(other); }, SubstitutionMatrix::builtin("BLOSUM62"));
    expect_all_found(engine);
    EXPECT_THAT(engine.warning(), is_warning_with("scripted"));
  }
}

TEST_F(FallbackEngineTest, DoesWithoutADeviceThatFailsItsSelfTest) {
  device->error_of_score = 1;
  FallbackEngine engine = make();
  expect_all_found(engine);
  EXPECT_THAT(engine.warning(), is_warning_with("self-test"));
}

TEST_F(FallbackEngineTest, DoesWithoutADeviceThatFailsLater) {
  for (const bool in_load : {true, false}) {
    for (const int call : {1, 2, 3}) {
      *device = FakeDevice();
      (in_load ? device->on_load : device->on_find) = failing_from(tested + call, ErrorCode::device_failed);
      FallbackEngine engine = make();
      for (int round = 0; round < 4; ++round) expect_all_found(engine);
      EXPECT_THAT(engine.warning(), is_warning_with("scripted"));
      EXPECT_EQ((in_load ? device->loads : device->finds), tested + call) << "it is not tried again";
    }
  }
}

TEST_F(FallbackEngineTest, GivesADeviceWithLittleMemorySmallerPieces) {
  std::size_t most = 0;
  for (const std::size_t room : {49, 25, 7, 1}) {
    *device = FakeDevice();
    FallbackEngine engine = make();
    device->room = room;
    for (int round = 0; round < 2; ++round) expect_all_found(engine);
    EXPECT_EQ(engine.warning(), "");
    most = std::max(most, device->loaded);
  }
  EXPECT_EQ(most, 25);
  EXPECT_EQ(other->finds, 4) << "only to test";
}

TEST_F(FallbackEngineTest, GivesSmallerPiecesWhereFindingNeedsMemory) {
  device->on_find = failing_at(tested + 1, ErrorCode::out_of_memory);
  FallbackEngine engine = make();
  expect_all_found(engine);
  EXPECT_EQ(device->loaded, 25);
  expect_all_found(engine);
  EXPECT_EQ(device->loaded, 50) << "it is asked again for the next targets";
  EXPECT_EQ(engine.warning(), "");
}

TEST_F(FallbackEngineTest, DoesWithoutADeviceThatHasNoMemoryForOneTarget) {
  FallbackEngine engine = make();
  device->room = 0;
  expect_all_found(engine);
  EXPECT_THAT(engine.warning(), is_warning_with("no room"));
}

TEST_F(FallbackEngineTest, DoesWithoutADeviceThatFailsAmongPieces) {
  FallbackEngine engine = make();
  device->room = 10;
  device->on_find = failing_at(tested + 3, ErrorCode::device_failed);
  for (int round = 0; round < 2; ++round) expect_all_found(engine);
  EXPECT_THAT(engine.warning(), is_warning_with("scripted"));
}

TEST_F(FallbackEngineTest, ACancellationIsNoFailure) {
  for (const std::size_t room : {1000, 10}) {
    *device = FakeDevice();
    FallbackEngine engine = make();
    device->room = room;
    device->on_find = failing_at(tested + 2, ErrorCode::cancelled);
    const auto find_twice = [&] {
      work.found_by(engine);
      work.found_again_by(engine);
    };
    EXPECT_EQ(test::thrown_by(find_twice).code, ErrorCode::cancelled);
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(test::thrown_by([&] { work.found_again_by(engine, {.stop = stop.get_token()}); }).code,
              ErrorCode::cancelled);
    EXPECT_EQ(work.found_again_by(engine), work.expected);
    EXPECT_EQ(engine.warning(), "");
  }
}

TEST_F(FallbackEngineTest, PassesOnWhatIsNoDevicesFailure) {
  FallbackEngine engine = make();
  device->on_load = failing_at(tested + 1, ErrorCode::internal);
  EXPECT_EQ(test::thrown_by([&] { work.found_by(engine); }).code, ErrorCode::internal);
}

TEST_F(FallbackEngineTest, FindsNothingInNothing) {
  FallbackEngine engine = make();
  for (const std::size_t targets : {0, 1}) {
    const FakeWork little(targets);
    EXPECT_EQ(little.found_by(engine), little.expected);
  }
}

}  // namespace
}  // namespace anneal::search

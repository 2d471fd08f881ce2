#include "align/duel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "unit/align/fake_engine.h"
#include "unit/io/thrown.h"

namespace anneal::align {
namespace {

using testing::HasSubstr;

void wait(AlignResults&) { std::this_thread::sleep_for(std::chrono::milliseconds(4)); }

TEST(Duel, TimesBoth) {
  const FakeEngine cpu("cpu"), gpu("gpu", wait);
  for (const WorkKind& kind : {WorkKind{}, WorkKind{.mode = Mode::extend, .output = Output::end, .nucleotides = false},
                               WorkKind{.mode = Mode::global, .one_query = true, .band = 16},
                               WorkKind{.mode = Mode::extend_ksw2, .two_pieces = true, .band = 128}}) {
    const Calibration found = Duel(kind, cpu, gpu, {}).calibrate();
    EXPECT_TRUE(found.cpu.is_valid() && found.gpu.is_valid()) << to_string(kind);
    EXPECT_LT(found.cpu.seconds(1, 1), found.gpu.seconds(1, 1)) << to_string(kind);
    EXPECT_GT(found.gpu.overhead, 0.001) << to_string(kind);
  }
}

TEST(Duel, SeesOtherResultsAndWarnings) {
  const FakeEngine cpu("cpu");
  const WorkKind kind;
  const FakeEngine wrong("gpu", [](AlignResults& results) { ++results.alignments.back().score; });
  const auto thrown = test::thrown_by([&] { Duel(kind, cpu, wrong, {}).calibrate(); });
  EXPECT_EQ(thrown.code, ErrorCode::device_failed);
  EXPECT_THAT(thrown.line, HasSubstr("gpu found other alignments than cpu (local path, nucleotides, length 100)"));
  const FakeEngine failing("gpu", [](AlignResults& results) { results.warning = "overheated"; });
  EXPECT_EQ(test::thrown_by([&] { Duel(kind, cpu, failing, {}).calibrate(); }).line, "overheated");
}

TEST(Duel, Stops) {
  const FakeEngine cpu("cpu"), gpu("gpu");
  const WorkKind kind;
  std::stop_source source;
  source.request_stop();
  const RunControl control{.stop = source.get_token()};
  EXPECT_EQ(test::thrown_by([&] { Duel(kind, cpu, gpu, control).calibrate(); }).code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace anneal::align

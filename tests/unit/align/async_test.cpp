#include "anneal/async.h"

#include <gmock/gmock.h>

#include <atomic>
#include <latch>

#include "support/compare.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

using test::PairSet;
using test::thrown_by;

PairSet some_pairs(std::size_t count) {
  test::Random random(test::seed_of("async"));
  return test::random_pairs(random, Alphabet::dna, count, {0, 120}, {0, 120});
}

Aligner scalar_aligner() { return Aligner({}, {.backend = "scalar", .threads = 1}); }

/// A call that has begun and goes on once it is let go.
class HeldCall {
 public:
  PendingAlignment start(const Aligner& aligner, std::stop_token stop = {}) {
    PendingAlignment pending =
        align_async(aligner, pairs_.batch(),
                    {.stop = std::move(stop), .progress = [this](std::uint64_t done, std::uint64_t) { hold(done); }});
    began_.wait();
    return pending;
  }
  void let_go() { goes_on_.count_down(); }
  bool was_whole() const { return done_ == pairs_.size(); }

 private:
  void hold(std::uint64_t done) {
    if (done_.exchange(done) != 0) return;
    began_.count_down();
    goes_on_.wait();
  }

  PairSet pairs_ = some_pairs(3000);
  std::atomic<std::uint64_t> done_ = 0;
  std::latch began_{1}, goes_on_{1};
};

TEST(PendingAlignment, GivesWhatAlignGives) {
  for (const std::string& backend : test::tested_backends()) {
    for (const Mode mode : test::all_modes) {
      AlignOptions options;
      options.mode = mode;
      PairSet pairs = some_pairs(10);
      if (mode == Mode::extend) pairs.h0 = {15};
      const Aligner aligner(options, {.backend = backend, .threads = 2});
      const PairBatch batch = pairs.batch();
      PendingAlignment pending = align_async(aligner, batch);
      const AlignResults found = pending.get();
      EXPECT_EQ(found.engine, backend);
      EXPECT_EQ(test::first_difference(aligner.align(batch), found), std::nullopt);
    }
  }
}

TEST(PendingAlignment, IsDoneOnceItHasResults) {
  const Aligner aligner = scalar_aligner();
  HeldCall call;
  PendingAlignment pending = call.start(aligner);
  EXPECT_FALSE(pending.is_done());
  call.let_go();
  pending.wait();
  EXPECT_TRUE(pending.is_done());
  EXPECT_TRUE(call.was_whole());
  EXPECT_FALSE(pending.get().alignments.empty());
  EXPECT_TRUE(pending.is_done());
  pending.wait();
  EXPECT_EQ(thrown_by([&] { pending.get(); }).code, ErrorCode::invalid_argument) << "they were taken";
}

TEST(PendingAlignment, ThrowsErrorsWhereResultsAreTaken) {
  const Aligner aligner = scalar_aligner();
  PairSet pairs;
  pairs.add({"ACGT", "A!GT"});
  PendingAlignment pending = align_async(aligner, pairs.batch());
  pending.wait();
  EXPECT_TRUE(pending.is_done());
  EXPECT_THROW(pending.get(), LetterError);
  EXPECT_EQ(thrown_by([&] { pending.get(); }).code, ErrorCode::invalid_argument);
}

TEST(PendingAlignment, CanBeStopped) {
  const Aligner aligner = scalar_aligner();
  for (const bool by_control : {true, false}) {
    HeldCall call;
    std::stop_source stop;
    PendingAlignment pending = call.start(aligner, stop.get_token());
    by_control ? void(stop.request_stop()) : pending.request_stop();
    call.let_go();
    EXPECT_EQ(thrown_by([&] { pending.get(); }).code, ErrorCode::cancelled);
    EXPECT_FALSE(call.was_whole());
  }
}

TEST(PendingAlignment, StopsAndWaitsAtItsEnd) {
  const Aligner aligner = scalar_aligner();
  HeldCall first, second;
  {
    PendingAlignment pending = first.start(aligner);
    first.let_go();
    pending = {};
    EXPECT_FALSE(first.was_whole());
    pending = second.start(aligner);
    second.let_go();
  }
  EXPECT_FALSE(second.was_whole());
}

TEST(PendingAlignment, CanBeMoved) {
  Aligner aligner = scalar_aligner();
  HeldCall call;
  PendingAlignment first = call.start(aligner);
  PendingAlignment second = std::move(first);
  const Aligner moved = std::move(aligner);
  call.let_go();
  EXPECT_FALSE(second.get().alignments.empty());
  EXPECT_TRUE(call.was_whole());
}

TEST(PendingAlignment, WithoutACallHasNoResults) {
  PendingAlignment none;
  EXPECT_TRUE(none.is_done());
  none.wait();
  none.request_stop();
  EXPECT_EQ(thrown_by([&] { none.get(); }).code, ErrorCode::invalid_argument);
}

TEST(PendingAlignment, IsOneOfSeveral) {
  const Aligner aligner({}, {.threads = 2});
  PairSet pairs = some_pairs(100);
  const PairBatch batch = pairs.batch();
  const AlignResults expected = aligner.align(batch);
  std::vector<PendingAlignment> pending;
  pending.reserve(8);
  for (int call = 0; call < 8; ++call) pending.push_back(align_async(aligner, batch));
  for (PendingAlignment& one : pending) EXPECT_EQ(test::first_difference(expected, one.get()), std::nullopt);
}

}  // namespace
}  // namespace anneal

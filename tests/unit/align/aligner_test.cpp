#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "anneal/align.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

using test::PairSet;
using test::thrown_by;
using testing::HasSubstr;

PairSet some_pairs(std::size_t count, std::string_view seed) {
  test::Random random(test::seed_of(seed));
  return test::random_pairs(random, Alphabet::dna, count, {0, 120}, {0, 120});
}

AlignOptions options_of(Mode mode) {
  AlignOptions options;
  options.mode = mode;
  return options;
}

TEST(AlignerSettings, AreChecked) {
  const auto line_of = [](const AlignerSettings& settings) {
    const auto thrown = thrown_by([&] { Aligner(AlignOptions(), settings); });
    EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
    return thrown.line;
  };
  EXPECT_EQ(line_of({.threads = -1}), "threads is -1; it must be 1 or more, or 0 for all");
  EXPECT_EQ(line_of({.memory = Aligner::min_memory - 1}),
            "memory is 67108863 bytes; it must be at least 67108864 (64 MiB)");
  EXPECT_EQ(line_of({.callers = 0}), "callers is 0; it must be 1 or more: the threads that call align() at once");
  EXPECT_THAT(line_of({.backend = "abacus"}), HasSubstr("'abacus'"));
}

TEST(AlignerSettings, CanBeReadBack) {
  const Aligner given(options_of(Mode::global), {.backend = "scalar", .threads = 3, .memory = Aligner::min_memory});
  EXPECT_EQ(given.options().mode, Mode::global);
  EXPECT_EQ(given.engine(), "scalar");
  EXPECT_EQ(given.threads(), 3);
  EXPECT_EQ(given.memory(), Aligner::min_memory);
  const Aligner chosen{AlignOptions()};
  EXPECT_GE(chosen.threads(), 1);
  EXPECT_GE(chosen.memory(), Aligner::min_memory);
  EXPECT_EQ(chosen.engine(), "auto");
  EXPECT_EQ(chosen.align({}).engine, test::available_backends().front()) << "which engine it was";
}

TEST(Aligner, ChecksItsOptions) {
  AlignOptions options;
  options.gap_open = 32768;
  EXPECT_EQ(thrown_by([&] { Aligner aligner(options); }).line, "gap_open is 32768; it must be 0 to 32767");
}

TEST(Aligner, CanBeMoved) {
  Aligner first(AlignOptions(), {.threads = 1});
  PairSet pairs = some_pairs(3, "moved");
  const auto expected = first.align(pairs.batch()).alignments;
  Aligner second(std::move(first));
  Aligner third(options_of(Mode::global), {.threads = 1});
  third = std::move(second);
  EXPECT_EQ(third.align(pairs.batch()).alignments, expected);
}

class AlignerOn : public testing::TestWithParam<std::string> {
 protected:
  Aligner aligner(const AlignOptions& options = {}, int threads = 2) const {
    return Aligner(options, {.backend = GetParam(), .threads = threads, .memory = Aligner::min_memory});
  }
};

TEST_P(AlignerOn, AnEmptyBatch) {
  for (const Mode mode : test::all_modes) {
    const AlignResults results = aligner(options_of(mode)).align({});
    EXPECT_EQ(results.size(), 0u);
    EXPECT_EQ(results.engine, GetParam());
    EXPECT_EQ(results.cells, 0u);
  }
}

TEST_P(AlignerOn, OneResultsObjectForEveryMode) {
  AlignResults reused;
  for (const Mode mode : {Mode::extend, Mode::local, Mode::global, Mode::ends_free, Mode::extend}) {
    for (const Output output : {Output::path, Output::score, Output::end}) {
      AlignOptions options = options_of(mode);
      options.output = output;
      PairSet pairs = some_pairs(output == Output::score ? 40 : 9, test::name_of(mode));
      if (mode == Mode::extend) pairs.h0 = {15};
      const Aligner fresh = aligner(options);
      fresh.align(pairs.batch(), reused);
      const AlignResults expected = fresh.align(pairs.batch());
      EXPECT_EQ(reused.alignments, expected.alignments);
      EXPECT_EQ(reused.extensions, expected.extensions);
      EXPECT_EQ(reused.cigar_ops, expected.cigar_ops);
      EXPECT_EQ(reused.cigar_offsets, expected.cigar_offsets);
      EXPECT_EQ(reused.cells, expected.cells);
      EXPECT_EQ(reused.fallbacks, 0u);
    }
  }
}

TEST_P(AlignerOn, SeveralThreadsAtOnce) {
  const Aligner shared = aligner();
  PairSet first = some_pairs(300, "first"), second = some_pairs(300, "second");
  const AlignResults of_first = shared.align(first.batch()), of_second = shared.align(second.batch());
  std::atomic<int> wrong = 0;
  const auto work = [&](PairSet pairs, const AlignResults& expected) {
    AlignResults results;
    for (int round = 0; round < 4; ++round) {
      shared.align(pairs.batch(), results);
      if (results.alignments != expected.alignments || results.cigar_ops != expected.cigar_ops) ++wrong;
    }
  };
  {
    std::jthread other(work, second, std::cref(of_second));
    work(first, of_first);
  }
  EXPECT_EQ(wrong, 0);
}

// Scores of the second kind of pairs do not fit 8 bits, so that they are computed twice.
TEST_P(AlignerOn, ProgressGrowsToTheTotal) {
  PairSet short_pairs = some_pairs(2000, "progress"), long_pairs;
  for (int pair = 0; pair < 300; ++pair) long_pairs.add({std::string(300, 'A'), std::string(300, 'A')});
  const std::pair<Output, PairSet*> cases[] = {{Output::score, &short_pairs},
                                               {Output::path, &short_pairs},
                                               {Output::score, &long_pairs},
                                               {Output::path, &long_pairs}};
  for (const auto& [output, chosen] : cases) {
    PairSet& pairs = *chosen;
    AlignOptions options;
    options.output = output;
    std::vector<std::uint64_t> reported;
    aligner(options).align(pairs.batch(), {.progress = [&](std::uint64_t done, std::uint64_t total) {
                             EXPECT_EQ(total, pairs.size());
                             reported.push_back(done);
                           }});
    ASSERT_FALSE(reported.empty());
    EXPECT_TRUE(std::ranges::is_sorted(reported));
    EXPECT_EQ(reported.back(), pairs.size());
  }
}

TEST_P(AlignerOn, StopsMidwayAndStaysUsable) {
  PairSet pairs = some_pairs(3000, "stop");
  const Aligner stopped = aligner();
  std::stop_source source;
  std::uint64_t calls = 0;
  const RunControl control{.stop = source.get_token(), .progress = [&](std::uint64_t, std::uint64_t) {
                             if (++calls == 3) source.request_stop();
                           }};
  AlignResults results;
  EXPECT_EQ(thrown_by([&] { stopped.align(pairs.batch(), results, control); }).code, ErrorCode::cancelled);
  PairSet few = some_pairs(10, "after the stop");
  stopped.align(few.batch(), results);
  EXPECT_EQ(results.alignments, aligner().align(few.batch()).alignments);
}

TEST_P(AlignerOn, RefusesScoresAbove2To30) {
  AlignOptions options = options_of(Mode::global);
  options.gap_open = options.gap_extend = 32767;
  const std::string half(16383, 'A');  // 32767 * (3 + 2 * 16383 + 1) > 2^30
  PairSet pairs;
  pairs.add({half, half});
  EXPECT_THAT(thrown_by([&] { aligner(options).align(pairs.batch()); }).line, HasSubstr("more than 2^30"));
}

TEST_P(AlignerOn, RefusesCodesBeyondTheMatrix) {
  for (const Mode mode : test::all_modes) {
    PairSet pairs;
    pairs.add({std::string("\0\1\4", 3), std::string("\0\1", 2)});
    pairs.add({std::string("\0\1\5", 3), std::string("\7", 1)});
    pairs.letters = Letters::encoded;
    if (mode == Mode::extend) pairs.h0 = {5};
    try {
      aligner(options_of(mode)).align(pairs.batch());
      FAIL() << "accepted";
    } catch (const LetterError& error) {
      EXPECT_EQ(error.code(), ErrorCode::invalid_input);
      EXPECT_EQ(error.side(), Side::query);
      EXPECT_EQ(error.record(), 1u);
      EXPECT_EQ(error.position(), 2u);
      EXPECT_EQ(error.byte(), 5);
    }
  }
}

// The other side of the pair is empty, or outside the band: its letters are checked all the same.
TEST_P(AlignerOn, ChecksLettersOfPairsThatNeedNoAlignment) {
  for (const Mode mode : test::all_modes) {
    PairSet empty;
    empty.add({"AC!", ""});
    if (mode == Mode::extend) empty.h0 = {5};
    EXPECT_THROW(aligner(options_of(mode)).align(empty.batch()), LetterError) << test::name_of(mode);
  }
  AlignOptions banded = options_of(Mode::global);
  banded.band = 0;
  PairSet outside;
  outside.add({"AC!", "A"});
  EXPECT_THROW(aligner(banded).align(outside.batch()), LetterError);
}

INSTANTIATE_TEST_SUITE_P(Backends, AlignerOn, testing::ValuesIn(test::tested_backends()),
                         [](const auto& tested) { return test::name_for_test(tested.param); });

}  // namespace
}  // namespace anneal

#include "align/run.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "unit/io/thrown.h"

namespace anneal::align {
namespace {

using Views = std::vector<std::string_view>;

class RunOf {
 public:
  explicit RunOf(const AlignOptions& options, const Views& queries, const Views& targets, RunControl control = {},
                 std::vector<std::int32_t> h0 = {})
      : options_(options), queries_(queries), targets_(targets), h0_(std::move(h0)), control_(std::move(control)) {}

  Run& operator*() { return run_; }
  Run* operator->() { return &run_; }
  AlignResults results;

 private:
  AlignOptions options_;
  Views queries_;
  Views targets_;
  std::vector<std::int32_t> h0_;
  RunControl control_;
  Batch batch_{{.queries = queries_, .targets = targets_, .h0 = h0_}, options_};
  Run run_{batch_, options_, control_, results};
};

AlignOptions options_of(Mode mode, Output output) {
  AlignOptions options;
  options.mode = mode;
  options.output = output;
  return options;
}

TEST(Run, ClearsTheResults) {
  AlignResults results;
  results.alignments.assign(5, {.score = 3});
  results.extensions.resize(5);
  results.cigar_ops.resize(5);
  results.cigar_offsets.resize(5);
  const AlignOptions options = options_of(Mode::local, Output::end);
  const Views one{"A"};
  const Batch batch({.queries = one, .targets = one}, options);
  align::Run run(batch, options, {}, results);
  run.clear(0, 1);
  EXPECT_EQ(results.alignments, std::vector<Alignment>(1));
  EXPECT_TRUE(results.extensions.empty());
  EXPECT_TRUE(results.cigar_ops.empty());
  EXPECT_TRUE(results.cigar_offsets.empty());
}

TEST(Run, ClearsTheExtensionsOfSomePairs) {
  AlignResults results;
  results.alignments.assign(3, {.score = 3});
  results.extensions.assign(3, {.global_score = 3});
  const AlignOptions options = options_of(Mode::extend, Output::end);
  const Views three{"A", "A", "A"};
  const std::int32_t h0[] = {5};
  const Batch batch({.queries = three, .targets = three, .h0 = h0}, options);
  align::Run run(batch, options, {}, results);
  run.clear(1, 3);
  EXPECT_EQ(results[1], Alignment{});
  EXPECT_EQ(results.extensions[2], Extension{});
}

TEST(Run, KeepsExtensionsWhereTheyAreAskedFor) {
  EXPECT_EQ(RunOf(options_of(Mode::extend, Output::end), {"A", "C"}, {"A"}, {}, {5}).results.extensions.size(), 2u);
  EXPECT_TRUE(RunOf(options_of(Mode::extend, Output::score), {"A"}, {"A"}, {}, {5}).results.extensions.empty());
}

TEST(Run, SetsTheEndWhereItIsAskedFor) {
  for (const Output output : {Output::score, Output::end, Output::path}) {
    RunOf run(options_of(Mode::global, output), {"A"}, {"A"});
    run->set_end(0, -7, 1, 2);
    const bool with_end = output != Output::score;
    EXPECT_EQ(
        run.results[0],
        (Alignment{
            .score = -7, .query_end = with_end ? 1 : -1, .target_end = with_end ? 2 : -1, .status = Status::aligned}));
  }
}

TEST(Run, ALocalScoreOf0IsUnaligned) {
  RunOf local(options_of(Mode::local, Output::end), {"A"}, {"A"});
  local->set_end(0, 0, 1, 1);
  EXPECT_EQ(local.results[0], Alignment());
  RunOf global(options_of(Mode::global, Output::end), {"A"}, {"A"});
  global->set_end(0, 0, 1, 1);
  EXPECT_EQ(global.results[0].status, Status::aligned);
}

TEST(Run, AnExtensionsPathMayRunToTheQuerysEnd) {
  AlignOptions options = options_of(Mode::extend, Output::path);
  options.end_bonus = 5;
  RunOf run(options, {"ACGT", "ACGT"}, {"ACGTACGT"}, {}, {10});
  run->set_extension(0, 20, 2, 3, {.global_score = 16, .global_target_end = 6});
  run->set_extension(1, 20, 2, 3, {.global_score = 15, .global_target_end = 6});
  EXPECT_EQ(run->path_end(0), std::pair(4, 6));
  EXPECT_EQ(run->path_end(1), std::pair(2, 3));
  EXPECT_EQ(run.results[0].query_end, 2) << "the best cell stays the result";
}

TEST(Run, FinishReportsTheFirstInvalidLetter) {
  RunOf run(options_of(Mode::local, Output::end), {"AC", "A", "C?"}, {"A", "A!", "?"});
  std::vector<std::uint8_t> codes(2);
  EXPECT_TRUE(run->encode(0, Side::query, codes.data()));
  EXPECT_FALSE(run->has_invalid_letter());
  EXPECT_FALSE(run->encode(2, Side::target, codes.data()));
  EXPECT_FALSE(run->encode(2, Side::query, codes.data()));
  EXPECT_FALSE(run->encode(1, Side::target, codes.data()));
  EXPECT_TRUE(run->has_invalid_letter());
  try {
    run->finish("engine", 1);
    FAIL() << "accepted";
  } catch (const LetterError& error) {
    EXPECT_EQ(error.side(), Side::target);
    EXPECT_EQ(error.record(), 1u);
    EXPECT_EQ(error.position(), 1u);
    EXPECT_EQ(error.byte(), '!');
  }
}

TEST(Run, InvalidLettersNameTheRecordOfASharedSequence) {
  RunOf run(options_of(Mode::local, Output::end), {"A?"}, {"A", "A", "A"});
  run->note_invalid(2, Side::query);
  try {
    run->finish("engine", 1);
    FAIL() << "accepted";
  } catch (const LetterError& error) {
    EXPECT_EQ(error.side(), Side::query);
    EXPECT_EQ(error.record(), 0u);
  }
}

TEST(Run, FinishCompletesTheCounters) {
  RunOf run(options_of(Mode::local, Output::end), {"ACG", ""}, {"AC", "A"});
  run->count_cells(30);
  run->count_cells(12);
  run->count_fallbacks(1);
  {
    const auto first = run->time_kernel(), second = run->time_kernel();
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  run->finish("engine", 2);
  EXPECT_EQ(run.results.engine, "engine");
  EXPECT_EQ(run.results.cells, 6u);
  EXPECT_EQ(run.results.cells_computed, 42u);
  EXPECT_EQ(run.results.fallbacks, 1u);
  EXPECT_GE(run.results.kernel_seconds, 0.002);
}

TEST(Run, ReportsProgressAndStops) {
  std::stop_source source;
  std::vector<std::uint64_t> reported;
  const RunControl control{.stop = source.get_token(), .progress = [&](std::uint64_t done, std::uint64_t total) {
                             EXPECT_EQ(total, 3u);
                             reported.push_back(done);
                           }};
  RunOf run(options_of(Mode::local, Output::end), {"A", "A", "A"}, {"A"}, control);
  run->advance(1);
  run->advance(2);
  source.request_stop();
  const auto thrown = test::thrown_by([&] { run->advance(1); });
  EXPECT_EQ(thrown.code, ErrorCode::cancelled);
  EXPECT_EQ(thrown.line, "alignment of 3 pairs was cancelled");
  EXPECT_EQ(reported, (std::vector<std::uint64_t>{1, 3}));
}

}  // namespace
}  // namespace anneal::align

// What the contract promises of every backend beyond equal results.
#include <algorithm>

#include "conformance/conformance.h"
#include "support/random_options.h"
#include "support/random_pairs.h"
#include "support/test_settings.h"

namespace anneal::test {
namespace {

// score, end and path agree in what they share, and leave at -1 what they do not compute.
TEST_P(Conformance, OutputsAgree) {
  PairSet pairs = random_pairs(random_, alphabet(), 200, {0, 100}, {0, 100});
  if (mode() == Mode::extend) pairs.h0 = {20};
  const auto align = [&](Output output) {
    return Aligner(usual_options(output), {.backend = backend(), .threads = 1}).align(pairs.batch());
  };
  const AlignResults score = align(Output::score), end = align(Output::end), path = align(Output::path);
  EXPECT_TRUE(score.cigar_ops.empty());
  EXPECT_TRUE(end.cigar_ops.empty());
  EXPECT_EQ(path.cigar_offsets.size(), pairs.size() + 1);
  EXPECT_EQ(end.extensions, path.extensions);
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    EXPECT_EQ(score[pair].score, path[pair].score);
    EXPECT_EQ(score[pair].status, path[pair].status);
    EXPECT_EQ(score[pair].query_end, -1);
    EXPECT_EQ(score[pair].target_end, -1);
    EXPECT_EQ(end[pair].score, path[pair].score);
    EXPECT_EQ(end[pair].query_end, path[pair].query_end);
    EXPECT_EQ(end[pair].target_end, path[pair].target_end);
    EXPECT_EQ(end[pair].query_begin, -1);
    EXPECT_EQ(end[pair].target_begin, -1);
  }
}

TEST_P(Conformance, CountsCells) {
  PairSet pairs = random_pairs(random_, alphabet(), 50, {1, 100}, {1, 100});
  if (mode() == Mode::extend) pairs.h0 = {20};
  std::uint64_t cells = 0;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) cells += pairs.query(pair).size() * pairs.target(pair).size();
  const AlignResults results =
      Aligner(usual_options(Output::end), {.backend = backend(), .threads = 1}).align(pairs.batch());
  EXPECT_EQ(results.cells, cells);
  EXPECT_GT(results.cells_computed, 0u);
  EXPECT_GE(results.kernel_seconds, 0.0);
}

TEST_P(Conformance, ResultsObjectsAreReusable) {
  const Aligner aligner(usual_options(Output::path), {.backend = backend(), .threads = 1});
  AlignResults reused;
  for (const std::size_t size : {90, 3, 0, 40}) {
    PairSet pairs = random_pairs(random_, alphabet(), size, {0, 80}, {0, 80});
    if (mode() == Mode::extend && size > 0) pairs.h0 = {10};
    aligner.align(pairs.batch(), reused);
    const AlignResults fresh = aligner.align(pairs.batch());
    EXPECT_EQ(reused.alignments, fresh.alignments);
    EXPECT_EQ(reused.extensions, fresh.extensions);
    EXPECT_EQ(reused.cigar_ops, fresh.cigar_ops);
    EXPECT_EQ(reused.cigar_offsets, fresh.cigar_offsets);
    EXPECT_EQ(reused.cells, fresh.cells);
  }
}

TEST(Backends, ScalarIsAlwaysThere) { EXPECT_TRUE(std::ranges::count(available_backends(), "scalar")); }

TEST(Backends, UnavailableOnesAreRefused) {
  for (const Backend& backend : backends()) {
    if (backend.available) continue;
    EXPECT_FALSE(backend.reason.empty()) << backend.name;
    try {
      Aligner(AlignOptions(), {.backend = backend.name});
      ADD_FAILURE() << backend.name << " is unavailable but was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::unavailable) << error.what();
    }
  }
}

TEST(Backends, UnknownNamesAreRefused) {
  try {
    Aligner(AlignOptions(), {.backend = "abacus"});
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::invalid_argument) << error.what();
    EXPECT_NE(std::string(error.what()).find("abacus"), std::string::npos);
  }
}

TEST(Backends, AliasesSelectTheSameEngine) {
  for (const Backend& backend : backends()) {
    if (!backend.available) continue;
    for (const std::string& alias : backend.aliases) {
      EXPECT_EQ(Aligner(AlignOptions(), {.backend = alias, .threads = 1}).engine(), backend.name);
    }
  }
}

}  // namespace
}  // namespace anneal::test

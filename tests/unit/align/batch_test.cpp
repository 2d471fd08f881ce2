#include "align/batch.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/io/thrown.h"

namespace anneal::align {
namespace {

using test::thrown_by;
using Views = std::vector<std::string_view>;

const Views none, one{"A"}, two{"AC", "ACG"}, three{"A", "", "CC"};

TEST(PairBatch, CountsPairs) {
  EXPECT_EQ((PairBatch{.queries = none, .targets = none}.size()), 0u);
  EXPECT_EQ((PairBatch{.queries = none, .targets = one}.size()), 0u);
  EXPECT_EQ((PairBatch{.queries = one, .targets = none}.size()), 0u);
  EXPECT_EQ((PairBatch{.queries = one, .targets = three}.size()), 3u);
  EXPECT_EQ((PairBatch{.queries = three, .targets = one}.size()), 3u);
  EXPECT_EQ((PairBatch{.queries = two, .targets = two}.size()), 2u);
}

TEST(PairBatch, RefusesUnequalCounts) {
  const auto thrown = thrown_by([] { PairBatch{.queries = two, .targets = three}.size(); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  EXPECT_EQ(thrown.line, "2 queries but 3 targets: give as many of each, or a single one on one side");
  EXPECT_THROW((PairBatch{.queries = none, .targets = two}.size()), Error);
}

TEST(Batch, PairsOneToOne) {
  const std::vector<std::int32_t> centres{5, -6, 7};
  const Batch batch({.queries = three, .targets = three, .band_centres = centres}, AlignOptions());
  EXPECT_EQ(batch.size(), 3u);
  EXPECT_EQ(batch.query(2), "CC");
  EXPECT_EQ(batch.query_length(1), 0);
  EXPECT_EQ(batch.target_length(2), 2);
  EXPECT_EQ(batch.query_record(2), 2u);
  EXPECT_EQ(batch.band_centre(1), -6);
  EXPECT_EQ(batch.h0(1), 0);
}

TEST(Batch, PairsOneWithMany) {
  const Batch queries({.queries = three, .targets = one}, AlignOptions());
  EXPECT_EQ(queries.query(2), "CC");
  EXPECT_EQ(queries.target(2), "A");
  EXPECT_EQ(queries.query_record(2), 2u);
  EXPECT_EQ(queries.target_record(2), 0u);
  EXPECT_EQ(queries.band_centre(2), 0);
  const Batch targets({.queries = one, .targets = three, .letters = Letters::encoded}, AlignOptions());
  EXPECT_EQ(targets.query(2), "A");
  EXPECT_EQ(targets.target(2), "CC");
  EXPECT_EQ(targets.letters(), Letters::encoded);
}

TEST(Batch, CountsCells) {
  EXPECT_EQ(Batch({.queries = three, .targets = three}, AlignOptions()).cells(), 1u + 0u + 4u);
  EXPECT_EQ(Batch({.queries = two, .targets = one}, AlignOptions()).cells(), 5u);
  EXPECT_EQ(Batch({.queries = none, .targets = none}, AlignOptions()).cells(), 0u);
}

TEST(Batch, MeasuresOnManyThreadsWhatItDoesOnOne) {
  std::vector<std::string> texts(100'000);
  for (std::size_t k = 0; k < texts.size(); ++k) texts[k].assign(k * 7919 % 31, 'A');
  texts[70'001].assign(40, 'A');
  const std::vector<std::string_view> queries(texts.begin(), texts.end()), targets(texts.rbegin(), texts.rend());
  const PairBatch pairs{.queries = queries, .targets = targets};
  device::cpu::Queue threads(3);
  const Batch by_one(pairs, AlignOptions()), by_three(pairs, AlignOptions(), &threads);
  EXPECT_EQ(by_three.cells(), by_one.cells());
  EXPECT_EQ(by_three.longest_query(), 40u);
  EXPECT_EQ(by_three.longest_target(), 40u);
}

// The longest query and the longest target together could score too much, but they are no pair.
TEST(Batch, ChecksScoresPairByPair) {
  AlignOptions options;
  options.mode = Mode::global;
  options.gap_extend = 32767;
  const std::string long_one(30'000, 'A');
  const Views queries{long_one, "A"}, targets{"A", long_one};
  EXPECT_NO_THROW(Batch({.queries = queries, .targets = targets}, options));
  EXPECT_THROW(Batch({.queries = queries, .targets = queries}, options), Error);
}

TEST(Batch, TakesOneH0OrOnePerPair) {
  AlignOptions options;
  options.mode = Mode::extend;
  const std::vector<std::int32_t> single{9}, each{1, 2, 3};
  EXPECT_EQ(Batch({.queries = three, .targets = three, .h0 = single}, options).h0(2), 9);
  EXPECT_EQ(Batch({.queries = three, .targets = three, .h0 = each}, options).h0(2), 3);
  EXPECT_NO_THROW(Batch({.queries = none, .targets = none}, options));
}

TEST(Batch, RefusesValuesThatDoNotFit) {
  AlignOptions local, extend;
  extend.mode = Mode::extend;
  const std::vector<std::int32_t> nine{9}, two_values{1, 2}, zero{1, 0, 1}, zeros{0, 0, 0}, centres{0, 1, 0};
  const auto line_of = [](const PairBatch& pairs, const AlignOptions& options) {
    const auto thrown = thrown_by([&] { Batch(pairs, options); });
    EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
    return thrown.line;
  };
  EXPECT_EQ(line_of({.queries = three, .targets = three, .band_centres = two_values}, local),
            "2 band centres for 3 pairs: give none or one per pair");
  EXPECT_EQ(line_of({.queries = three, .targets = three, .h0 = nine}, local),
            "h0 is given, but only mode extend uses it");
  EXPECT_EQ(line_of({.queries = three, .targets = three, .band_centres = centres, .h0 = nine}, extend),
            "band centres are given, but the band of an extension is centred on its begin");
  EXPECT_EQ(line_of({.queries = three, .targets = three}, extend),
            "0 values of h0 for 3 pairs: give one for all or one per pair");
  EXPECT_EQ(line_of({.queries = three, .targets = three, .h0 = two_values}, extend),
            "2 values of h0 for 3 pairs: give one for all or one per pair");
  EXPECT_EQ(line_of({.queries = three, .targets = three, .h0 = zero}, extend), "h0 is 0; it must be at least 1");
  EXPECT_NO_THROW(Batch({.queries = three, .targets = three, .band_centres = zeros, .h0 = nine}, extend));
}

TEST(Batch, RefusesScoresAbove2To30) {
  AlignOptions options;
  options.mode = Mode::global;
  options.gap_open = options.gap_extend = 32767;
  // 3 openings and query + target + 1 extensions: 32767 * 32769 = 2^30 - 1.
  const std::string longest(32765, 'A'), too_long(32766, 'A');
  const Views fits{"", longest}, exceeds{"", too_long}, empty{"", ""};
  EXPECT_NO_THROW(Batch({.queries = fits, .targets = empty}, options));
  const auto thrown = thrown_by([&] { Batch({.queries = exceeds, .targets = empty}, options); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  EXPECT_EQ(thrown.line,
            "pair 2 (32766 x 0 letters) may score 1073774590, more than 2^30: use smaller scores or shorter sequences");
}

TEST(Batch, H0CountsTowardsTheLargestScore) {
  AlignOptions options;
  options.mode = Mode::extend;
  const std::vector<std::int32_t> largest{(1 << 30) - 1}, too_large{1 << 30};
  EXPECT_NO_THROW(Batch({.queries = one, .targets = one, .h0 = largest}, options));
  EXPECT_THROW(Batch({.queries = one, .targets = one, .h0 = too_large}, options), Error);
}

TEST(Batch, RefusesLengthsBeyond31Bits) {
  const char letter = 'A';
  const Views huge{std::string_view(&letter, std::size_t{1} << 31)};  // refused before any letter is read
  EXPECT_EQ(thrown_by([&] { Batch({.queries = one, .targets = huge}, AlignOptions()); }).line,
            "pair 1 has a sequence of 2147483648 letters; at most 2147483647 are allowed");
}

}  // namespace
}  // namespace anneal::align

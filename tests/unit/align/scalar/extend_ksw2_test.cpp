// What ksw2 cannot tell of Mode::extend_ksw2 (oracles/ksw2_test.cpp): bands, and rightmost gaps.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "anneal/align.h"
#include "support/pair_set.h"
#include "support/random_options.h"
#include "support/random_pairs.h"

namespace anneal::test {
namespace {

AlignResults align(const AlignOptions& options, std::string_view query, std::string_view target) {
  return Aligner(options, {.backend = "scalar", .threads = 1}).align({.queries = {&query, 1}, .targets = {&target, 1}});
}

AlignOptions options_of(Random& random) {
  AlignOptions options = random_options(random, Mode::extend_ksw2, Alphabet::dna);
  options.output = Output::path;
  options.zdrop = 0;
  return options;
}

// Best of the global alignments of all prefixes, which is what an extension without z-drop looks for.
TEST(ExtendKsw2, FindsTheBestGlobalAlignmentOfPrefixesInTheBand) {
  Random random(11);
  for (int repeat = 0; repeat < 300; ++repeat) {
    const AlignOptions options = options_of(random);
    AlignOptions global = options;
    global.mode = Mode::global;
    global.gap_placement = GapPlacement::leftmost;
    global.end_bonus = 0;
    global.output = Output::score;
    const int rows = random.between(1, 12), columns = random.between(1, 12);
    const SequencePair pair = random_pair(random, Alphabet::dna, random.pick(all_pair_kinds), rows, columns);
    const AlignResults found = align(options, pair.query, pair.target);
    std::int32_t best = 0, reaching = Extension::not_reached;
    for (int i = 1; i <= rows; ++i) {
      for (int j = 1; j <= columns; ++j) {
        const auto prefix = [](const std::string& whole, int length) {
          return std::string_view(whole).substr(0, static_cast<std::size_t>(length));
        };
        const AlignResults score = align(global, prefix(pair.query, i), prefix(pair.target, j));
        if (score[0].status != Status::aligned) continue;
        if (options.band >= 0 && std::abs(i - j) > options.band) continue;
        best = std::max(best, score[0].score);
        if (i == rows) reaching = std::max(reaching, score[0].score);
      }
    }
    EXPECT_EQ(found[0].score, best) << describe(options);
    const bool ends_early = found.extensions[0].dropped;
    if (!ends_early) {
      EXPECT_EQ(found.extensions[0].global_score, reaching) << describe(options);
    }
  }
}

std::string reversed(std::string_view text) { return {text.rbegin(), text.rend()}; }

// The leftmost gaps of an alignment are the rightmost of the reversed one, read backwards.
TEST(ExtendKsw2, RightmostGapsOfReversedSequencesAreLeftmost) {
  AlignOptions options{.mode = Mode::extend_ksw2,
                       .matrix = SubstitutionMatrix::match_mismatch(2, 8),
                       .gap_open = 4,
                       .gap_extend = 2,
                       .second_gap = GapCost{24, 1},
                       .end_bonus = 100};
  const std::string query = "ACGTTTTGCA", target = "ACGTTTTTTGCA";  // two of six T are deleted
  EXPECT_EQ(to_string(align(options, query, target).cigar(0)), "3=2D7=");
  options.gap_placement = GapPlacement::rightmost;
  EXPECT_EQ(to_string(align(options, query, target).cigar(0)), "7=2D3=");
  EXPECT_EQ(to_string(align(options, reversed(query), reversed(target)).cigar(0)), "7=2D3=");
}

TEST(ExtendKsw2, ReportsAnEmptySideAsNothing) {
  const AlignOptions options{.mode = Mode::extend_ksw2};
  for (const auto& [query, target] : {std::pair{"", "ACGT"}, {"ACGT", ""}, {"", ""}}) {
    const AlignResults found = align(options, query, target);
    EXPECT_EQ(found[0], (Alignment{.score = 0,
                                   .query_begin = 0,
                                   .query_end = 0,
                                   .target_begin = 0,
                                   .target_end = 0,
                                   .status = Status::aligned}));
    EXPECT_EQ(found.extensions[0], Extension{.global_score = Extension::not_reached});
    EXPECT_TRUE(found.cigar(0).empty());
  }
}

}  // namespace
}  // namespace anneal::test

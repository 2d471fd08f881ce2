#include "map/path.h"

#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "map/aligners.h"
#include "support/random.h"

namespace anneal::map {
namespace {

constexpr MapScoring scoring{.match = 2, .mismatch = 4, .gap = {4, 2}, .second_gap = {24, 1}};

std::string codes(std::string_view letters) {
  std::string text;
  for (const char letter : letters) text += static_cast<char>(std::string_view("ACGTN").find(letter));
  return text;
}

Path path_of(std::initializer_list<CigarOp> ops) { return {ops}; }

TEST(Normalize, MovesGapsToTheLeft) {
  Path path = path_of({{CigarOp::match, 5}, {CigarOp::deletion, 1}, {CigarOp::match, 2}});
  normalize(path, codes("ACAAACG"), codes("ACAAAACG"));
  EXPECT_EQ(path, path_of({{CigarOp::match, 2}, {CigarOp::deletion, 1}, {CigarOp::match, 5}}));
  path = path_of({{CigarOp::match, 6}, {CigarOp::insertion, 2}, {CigarOp::match, 1}});
  normalize(path, codes("GACACACAT"), codes("GACACAT"));
  EXPECT_EQ(path, path_of({{CigarOp::match, 1}, {CigarOp::insertion, 2}, {CigarOp::match, 6}}));
}

TEST(Normalize, JoinsGapsThatTouch) {
  Path path = path_of({{CigarOp::match, 2},
                       {CigarOp::deletion, 1},
                       {CigarOp::insertion, 2},
                       {CigarOp::deletion, 3},
                       {CigarOp::match, 2}});
  normalize(path, codes("ACGGAC"), codes("ACTTTTAC"));
  EXPECT_EQ(path, path_of({{CigarOp::match, 2}, {CigarOp::insertion, 2}, {CigarOp::deletion, 4}, {CigarOp::match, 2}}));
}

TEST(TakeLeadingGap, TakesOne) {
  Path path = path_of({{CigarOp::insertion, 3}, {CigarOp::match, 2}});
  EXPECT_EQ(take_leading_gap(path), CigarOp(CigarOp::insertion, 3));
  EXPECT_EQ(take_leading_gap(path).length(), 0U);
  EXPECT_EQ(path.size(), 1U);
}

TEST(CountPath, CountsLettersAndScores) {
  const Path path = path_of({{CigarOp::match, 3}, {CigarOp::insertion, 2}, {CigarOp::match, 3}});
  const PathCounts counts = count_path(path, codes("ACGTTANG"), codes("ACTAGG"), scoring, false);
  EXPECT_EQ(counts.matches, 4);
  EXPECT_EQ(counts.columns, 7);
  EXPECT_EQ(counts.ambiguous, 1);
  EXPECT_EQ(counts.score, 2 + 2 - 4 - 8 + 2 - 1 + 2);
  EXPECT_EQ(counts.best_segment, 4);
}

// The score of an alignment is that of its path, and normalizing the path leaves the score as it is.
TEST(CountPath, AgreesWithTheAligner) {
  test::Random random(2);
  AlignOptions options;
  options.mode = Mode::global;
  options.matrix = SubstitutionMatrix::match_mismatch(scoring.match, scoring.mismatch);
  options.gap_open = scoring.gap.open;
  options.gap_extend = scoring.gap.extend;
  options.second_gap = scoring.second_gap;
  FirstWarning warning;
  const NotingAligner aligner(options, {.backend = "cpu", .threads = 1}, warning);
  for (int i = 0; i < 300; ++i) {
    std::string query, target;
    for (int k = random.between(1, 90); k > 0; --k) {
      const auto letter = static_cast<char>(random.between(0, 4));
      if (random.chance(0.9)) query += letter;
      if (random.chance(0.95)) target += letter;
    }
    Problems problems;
    problems.add(query, target);
    problems.run(aligner, {});
    Path path;
    append_cigar(path, problems.results().cigar(0));
    ASSERT_EQ(count_path(path, query, target, scoring, true).score, problems.results()[0].score);
    normalize(path, query, target);
    ASSERT_GE(count_path(path, query, target, scoring, true).score, problems.results()[0].score);
    const std::vector<CigarOp> cigar = with_equality(path, query, target);
    ASSERT_EQ(cigar.empty(), query.empty() && target.empty());
    const PathCounts counts = count_path(path, query, target, scoring, true);
    const PathCounts same = count_path(cigar, query, target, scoring, true);
    ASSERT_EQ(std::tie(same.score, same.best_segment, same.matches, same.columns, same.ambiguous),
              std::tie(counts.score, counts.best_segment, counts.matches, counts.columns, counts.ambiguous));
  }
}

TEST(LargestDrop, MeasuresTheFallSinceTheBest) {
  const std::string query(20, 0), target = std::string(8, 0) + std::string(5, 1) + std::string(7, 0);
  const Drop drop = largest_drop(path_of({{CigarOp::match, 20}}), query, target, scoring);
  EXPECT_EQ(drop.amount, 20);
  EXPECT_EQ(drop.query_begin, 7);
  EXPECT_EQ(drop.target_end, 12);
  EXPECT_EQ(largest_drop(path_of({{CigarOp::match, 8}, {CigarOp::deletion, 100}, {CigarOp::match, 5}}),
                         std::string(13, 0), std::string(113, 0), scoring)
                .amount,
            4);
}

}  // namespace
}  // namespace anneal::map

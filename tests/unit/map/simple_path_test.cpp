// What is claimed of simple paths is what aligners find.
#include "map/simple_path.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/map/preset_test.h"

namespace anneal::map {
namespace {

class SimplePaths : public PresetTest {
 protected:
  // A target, and a query that lacks a piece of it or has one more.
  std::pair<std::string, std::string> draw_pair() {
    const std::string target = draw(random_.between(2, 90));
    std::string query = change(target, random_.between(0, 4));
    const int pieces = random_.between(0, 2);
    for (int i = 0; i < pieces && query.size() > 8; ++i) {
      const auto begin = static_cast<std::size_t>(random_.between(0, static_cast<int>(query.size()) - 1));
      const auto length = static_cast<std::size_t>(random_.between(1, 6));
      if (random_.chance(0.5)) {
        query.erase(begin, std::min(length, query.size() - 1));
      } else {
        query.insert(begin, query.substr(0, length));
      }
    }
    return {query, target};
  }
};

TEST_P(SimplePaths, ThatAreProvenAreWhatTheAlignerFinds) {
  int proven = 0, with_gap = 0;
  for (int i = 0; i < 4000; ++i) {
    const auto [query, target] = draw_pair();
    const SimplePath simple = find_simple_path(query, target, GetParam().scoring);
    if (!simple.is_best) continue;
    Path path;
    append_simple_path(path, simple, query.size(), target.size());
    ++proven;
    with_gap += query.size() != target.size();
    ASSERT_EQ(path, solve(aligners_.fill.back(), query, target)) << i;
    ASSERT_EQ(simple.score, count_path(path, query, target, GetParam().scoring, false).score);
  }
  EXPECT_GT(proven, 1000);
  EXPECT_GT(with_gap, 300);
}

TEST_P(SimplePaths, NeedNoMatrixForFourLettersThatDiffer) {
  for (int i = 0; i < 100; ++i) {
    std::string target;
    for (int k = 0; k < 100; ++k) target += static_cast<char>(random_.between(0, 3));
    std::string query = target;
    for (const std::size_t place : {20, 40, 60, 80}) query[place] = static_cast<char>(3 - query[place]);
    EXPECT_TRUE(find_simple_path(query, target, GetParam().scoring).is_best) << i;
  }
}

TEST_P(SimplePaths, SayHowFarBetterOnesStray) {
  int narrow = 0;
  for (int i = 0; i < 4000; ++i) {
    const auto [query, target] = draw_pair();
    const SimplePath simple = find_simple_path(query, target, GetParam().scoring);
    const auto difference = static_cast<int>(query.size()) - static_cast<int>(target.size());
    const int needed = (std::abs(difference) + 1) / 2 + simple.stray;
    for (std::size_t width = 0; width + 1 < fill_bands.size(); ++width) {
      if (fill_bands[width] < needed) continue;
      Problems problems;
      problems.add_centred(query, target);
      problems.run(aligners_.fill[width], {});
      Path path;
      append_cigar(path, problems.results().cigar(0));
      ++narrow;
      ASSERT_EQ(path, solve(aligners_.fill.back(), query, target)) << i;
    }
  }
  EXPECT_GT(narrow, 1000);
}

INSTANTIATE_TEST_SUITE_P(Presets, SimplePaths, testing::Values(short_reads, long_reads));

}  // namespace
}  // namespace anneal::map

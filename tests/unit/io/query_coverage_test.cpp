#include "io/query_coverage.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "io/interval_set.h"

namespace anneal::io {
namespace {

TEST(IntervalSet, AgreesWithASetOfPositions) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    IntervalSet intervals;
    std::set<std::int32_t> positions;
    for (int step = 0; step < 12; ++step) {
      const auto begin = static_cast<std::int32_t>(random() % 60);
      const auto end = begin + static_cast<std::int32_t>(random() % 12);
      std::set<std::int32_t> expected, found;
      for (std::int32_t i = begin; i < end; ++i) {
        if (!positions.contains(i)) expected.insert(i);
      }
      for (const Interval part : intervals.uncovered({begin, end})) {
        for (std::int32_t i = part.begin; i < part.end; ++i) found.insert(i);
      }
      EXPECT_EQ(found, expected);
      intervals.add({begin, end});
      positions.insert(expected.begin(), expected.end());
      EXPECT_EQ(intervals.size(), static_cast<std::int64_t>(positions.size()));
    }
  }
}

TEST(CoveragePercent, Is100OnlyForAll) {
  EXPECT_EQ(coverage_percent(0, 10), 0);
  EXPECT_EQ(coverage_percent(125, 1000), 13);
  EXPECT_EQ(coverage_percent(124, 1000), 12);
  EXPECT_EQ(coverage_percent(999, 1000), 99);
  EXPECT_EQ(coverage_percent(1000, 1000), 100);
  EXPECT_EQ(coverage_percent(0, 0), 0);
}

class Coverages : public testing::Test {
 protected:
  // A hit without gaps.
  void add(std::int32_t query, std::int32_t target, std::int32_t length, std::string_view name, bool reverse = false) {
    alignments_.push_back({.score = 1,
                           .query_begin = query,
                           .query_end = query + length,
                           .target_begin = target,
                           .target_end = target + length,
                           .status = Status::aligned});
    cigars_.push_back({CigarOp(CigarOp::equal, static_cast<std::uint32_t>(length))});
    names_.push_back(name);
    reverse_.push_back(reverse);
  }
  std::vector<QueryCoverage> coverages() const {
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < alignments_.size(); ++i) {
      hits.push_back({.alignment = alignments_[i],
                      .cigar = cigars_[i],
                      .target = {names_[i], {}, letters_},
                      .reverse = reverse_[i],
                      .aligned_query = letters_});
    }
    return query_coverages({0, {"q", {}, letters_}, hits});
  }

 private:
  std::string letters_ = std::string(100, 'A');
  std::vector<Alignment> alignments_;
  std::vector<std::vector<CigarOp>> cigars_;
  std::vector<std::string_view> names_;
  std::vector<bool> reverse_;
};

TEST_F(Coverages, JoinHitsWithOneSequence) {
  add(0, 0, 20, "a");
  add(0, 0, 50, "b");
  add(10, 40, 20, "a");
  const auto found = coverages();
  EXPECT_EQ(found[0].by_target, 30);
  EXPECT_EQ(found[1].by_target, 50);
  EXPECT_EQ(found[2].by_target, 30);
}

TEST_F(Coverages, AreOnTheStrandThatWasRead) {
  add(0, 0, 20, "a");
  add(80, 40, 20, "a", true);
  EXPECT_EQ(coverages()[0].by_target, 20);
}

TEST_F(Coverages, CountATargetsLettersOnce) {
  add(0, 0, 20, "a");
  add(50, 10, 20, "a");
  EXPECT_EQ(coverages()[1].by_target, 40);
  EXPECT_EQ(coverages()[1].by_unique_target, 30);
}

}  // namespace
}  // namespace anneal::io

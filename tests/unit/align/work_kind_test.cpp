#include "align/work_kind.h"

#include <gtest/gtest.h>

#include "support/pair_set.h"

namespace anneal::align {
namespace {

test::PairSet pairs_of(int count, int query, int target) {
  test::PairSet pairs;
  for (int k = 0; k < count; ++k) {
    pairs.add({std::string(static_cast<std::size_t>(query), 'A'), std::string(static_cast<std::size_t>(target), 'A')});
  }
  return pairs;
}

std::vector<Work> work(test::PairSet pairs, const AlignOptions& options = {}) {
  return work_of(Batch(pairs.batch(), options), options);
}

TEST(WorkOf, CountsPairsAndCells) {
  const auto found = work(pairs_of(10, 150, 180), {.mode = Mode::global, .output = Output::end});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(to_string(found[0].kind), "global end, nucleotides, length 100");
  EXPECT_EQ(found[0].pairs, 10);
  EXPECT_EQ(found[0].cells, 10 * 150 * 180);
  EXPECT_NEAR(found[0].relative_cells(), 2.7, 1e-9);
}

TEST(WorkOf, NamesItsKind) {
  AlignOptions options{.matrix = SubstitutionMatrix::builtin("BLOSUM62"), .band = 100};
  test::PairSet pairs;
  pairs.add_query(std::string(1000, 'A'));
  for (int k = 0; k < 3; ++k) pairs.add_target(std::string(1000, 'A'));
  const auto found = work(std::move(pairs), options);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(to_string(found[0].kind), "local path, matrix, one query, band 128, length 1600");
}

TEST(WorkOf, NamesGapsOfTwoPieces) {
  AlignOptions options{.mode = Mode::extend_ksw2};
  EXPECT_EQ(to_string(work(pairs_of(1, 100, 100), options)[0].kind), "extend-ksw2 path, nucleotides, length 100");
  options.second_gap = GapCost{24, 1};
  EXPECT_EQ(to_string(work(pairs_of(1, 100, 100), options)[0].kind),
            "extend-ksw2 path, nucleotides, two pieces, length 100");
}

TEST(WorkOf, CountsCellsInsideTheBand) {
  const auto found = work(pairs_of(2, 100, 100), {.band = 10});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].cells, 2 * (21 * 100 - 110));
  EXPECT_NEAR(found[0].relative_cells(), (21.0 * 100 - 110) / (33 * 100 - 16 * 17), 1e-9);
  EXPECT_EQ(work(pairs_of(2, 100, 100), {.band = 100})[0].kind.band, -1) << "none leaves it";
}

TEST(WorkOf, TellsLengthsApart) {
  test::PairSet pairs = pairs_of(1000, 100, 100);
  for (int k = 0; k < 3; ++k) pairs.add({std::string(5000, 'A'), std::string(5000, 'A')});
  const auto found = work(pairs);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].kind.length, 100);
  EXPECT_EQ(found[0].pairs, 1000);
  EXPECT_EQ(found[1].kind.length, 6400);
  EXPECT_EQ(found[1].pairs, 3);
}

TEST(WorkOf, AddsWhatIsLittleToTheRest) {
  test::PairSet pairs = pairs_of(1000, 300, 300);
  pairs.add({"ACGT", "ACGT"});
  pairs.add({std::string(900, 'A'), std::string(900, 'A')});
  const auto found = work(pairs);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].kind.length, 400);
  EXPECT_EQ(found[0].pairs, 1002);
  EXPECT_EQ(found[0].cells, 1000 * 300 * 300 + 16 + 900 * 900);
}

TEST(WorkOf, LooksAtSomePairsOfALargeBatch) {
  const std::string letters(60, 'A');
  const std::vector<std::string_view> views(300000, letters);
  const AlignOptions options;
  const auto found = work_of(Batch({.queries = views, .targets = views}, options), options);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NEAR(found[0].pairs, 300000, 1e-3);
  EXPECT_NEAR(found[0].cells, 300000.0 * 3600, 1);
}

TEST(WorkOf, TakesEmptyBatchesAndSequences) {
  EXPECT_TRUE(work({}).empty());
  const auto found = work(pairs_of(3, 0, 10));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].relative_cells(), 0);
  EXPECT_EQ(work(pairs_of(3, 0, 0), {.band = 0})[0].cells, 0);
}

}  // namespace
}  // namespace anneal::align

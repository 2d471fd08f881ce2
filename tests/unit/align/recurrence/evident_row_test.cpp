#include "align/recurrence/evident_row.h"

#include <gtest/gtest.h>

#include <vector>

#include "align/recurrence/letter_table.h"
#include "unit/align/recurrence/emulated_group.h"

namespace anneal::align::recurrence {
namespace {

constexpr int gap = 7;

/// A, C, G, T and N as codes 0 to 4.
std::string codes_of(std::string_view letters) {
  std::string codes;
  for (const char letter : letters) codes += static_cast<char>(std::string_view("ACGTN").find(letter));
  return codes;
}

/// Where a score of `score` that ends with `target_end` letters of the target may end among the query's rows: match 1,
/// mismatch 4, a gap of n letters 6 + n.
int find(std::string_view query, std::string_view target, int score, int target_end) {
  const test::PaddedLetters q(codes_of(query), 5), t(codes_of(target), 5);
  Word table[letter_words];
  fill_letter_words(1, 4, gap, table);
  const EvidentRow row(q.data(), q.size(), t.data(), t.size(), table, gap, {score, -1, target_end});
  return row.find(-3, q.size() + 6);
}

TEST(EvidentRow, IsTheOnlyOneWithTheseLetters) {
  EXPECT_EQ(find("TTACGTCATT", "GGACGTCAGG", 6, 8), 7);
  EXPECT_EQ(find("ACGTCA", "ACGTCA", 6, 6), 5);
}

TEST(EvidentRow, IsNotOneOfSeveral) { EXPECT_EQ(find("ACGTTTTACGT", "GGACGTGG", 4, 6), EvidentRow::several); }

TEST(EvidentRow, IsNotWhereTheNextPairScoresToo) { EXPECT_EQ(find("ACGTGTTACGT", "GGACGTGG", 4, 6), 10); }

TEST(EvidentRow, MayComeAfterAMismatchThatMatchesPayFor) {
  EXPECT_EQ(find("CCCCCAGGGGGG", "CCCCCTGGGGGG", 7, 12), 11);
  EXPECT_EQ(find("CCCCCTTTTGGGGTT", "CCCCCAAAAGGGGAA", 9, 13), EvidentRow::none);
}

TEST(EvidentRow, MayComeAfterAnN) { EXPECT_EQ(find("TTACGTCATT", "GGACNTCAGG", 4, 8), 7); }

TEST(EvidentRow, LooksBeyondAWordOfRows) {
  const std::string before(40, 'T');
  EXPECT_EQ(find(before + "ACGTCA", "ACGTCA", 6, 6), 45);
}

}  // namespace
}  // namespace anneal::align::recurrence

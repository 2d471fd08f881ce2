#include "align/cpu/query_rows.h"

#include <gtest/gtest.h>

#include <array>

#include "support/matrices.h"

namespace anneal::align::cpu {
namespace {

TEST(QueryRows, AreOfOneKindForEachLetterAndOneForPadding) {
  const SubstitutionMatrix matrix = test::make_matrix(Alphabet::protein, [](int q, int t) { return 3 * q - 2 * t; });
  const ScoreTable table(matrix, 2);
  const std::array<std::uint8_t, 5> query{7, 0, 7, 3, 0};
  const QueryRows rows(query, 16, table);
  EXPECT_EQ(rows.kinds(), 4);
  StreamJob job;
  rows.lend_to(job);
  ASSERT_EQ(job.row_kinds, 4);
  for (std::size_t row = 0; row < 16; ++row) {
    const std::int8_t* scores = job.row_scores + std::ptrdiff_t{32} * job.kind_of_row[row];
    for (int target = 0; target < 32; ++target) {
      const bool is_letter = row < query.size() && target < matrix.size();
      EXPECT_EQ(scores[target], is_letter ? matrix.score(query[row], target) + 2 : table.padding_score()) << row;
    }
  }
}

}  // namespace
}  // namespace anneal::align::cpu

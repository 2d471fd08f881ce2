#include "align/recurrence/extend_scores.h"

#include <gtest/gtest.h>

#include <vector>

#include "unit/align/recurrence/emulated_group.h"

namespace anneal::align::recurrence {
namespace {

/// Row r of the table scores letter q with 8 * r - 3 * q.
std::vector<Word> make_table() {
  std::vector<Word> table(extend_letters * extend_row_words);
  auto* scores = reinterpret_cast<signed char*>(table.data());
  for (int target = 0; target < 8; ++target) {
    for (int query = 0; query < extend_letters; ++query) {
      scores[target * extend_letters + query] = static_cast<signed char>(8 * target - 3 * query);
    }
  }
  return table;
}

/// Compares a lane's scores, row by row, with what the letters there say. Columns without a letter may have any score.
template <class Scores, int cells>
void expect_scores(int letters, int first_column) {
  std::string query(75, '\0');
  for (std::size_t column = 0; column < query.size(); ++column) {
    query[column] = static_cast<char>(column * column % static_cast<std::size_t>(letters));
  }
  const test::PaddedLetters padded(query, 255);
  const std::vector<Word> table = make_table();
  Scores scores;
  scores.begin(padded.data(), padded.size(), first_column);
  scores.load_row(table.data(), 0);
  for (int row = 0; row < 90; ++row) {
    if (row > 0) scores.slide();
    if (row % Scores::period == 0) scores.refill();
    scores.begin_row();
    scores.load_row(table.data(), (row + 1) % 8);
    for (int cell = 0; cell < cells; ++cell) {
      const int column = first_column + row + cell;
      if (column < 0 || column >= padded.size()) continue;
      const int expected = 8 * (row % 8) - 3 * query[static_cast<std::size_t>(column)];
      ASSERT_EQ(scores.score(cell), expected) << "row " << row << ", cell " << cell;
    }
  }
}

TEST(ExtendScores, SlideAlongTheQuery) {
  for (const int first_column : {-33, -8, -1, 0, 3, 50, 200}) {
    expect_scores<FewLetterScores<1>, 1>(8, first_column);
    expect_scores<FewLetterScores<7>, 7>(8, first_column);
    expect_scores<FewLetterScores<16>, 16>(8, first_column);
    expect_scores<FewLetterScores<21>, 21>(8, first_column);
    expect_scores<AnyLetterScores<3>, 3>(32, first_column);
    expect_scores<AnyLetterScores<8>, 8>(32, first_column);
    expect_scores<AnyLetterScores<13>, 13>(32, first_column);
  }
}

}  // namespace
}  // namespace anneal::align::recurrence

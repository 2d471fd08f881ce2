// Choosing the end cell of an alignment.
#pragma once

#include <cstdint>

namespace anneal::align {

/// The best end cell so far: highest score, then smallest target_end, then smallest query_end.
struct BestEnd {
  /// Below every reachable score (at least -2^30), and far enough from the limit to subtract a gap from.
  static constexpr std::int32_t minus_infinity = -(1 << 30) - (1 << 29);

  std::int32_t score = minus_infinity;
  std::int64_t i = -1;
  std::int64_t j = -1;

  void offer(std::int32_t candidate, std::int64_t at_i, std::int64_t at_j) {
    if (candidate < score || candidate == minus_infinity) return;
    if (candidate == score && (at_j > j || (at_j == j && at_i >= i))) return;
    *this = {candidate, at_i, at_j};
  }
};

/// The best of the last row and column, given H by column and by row. Unreachable cells hold less than any score.
template <class LastRow, class LastColumn>
BestEnd best_of_last_cells(std::int64_t rows, std::int64_t columns, bool query_end_free, bool target_end_free,
                           const LastRow& last_row, const LastColumn& last_column) {
  BestEnd best;
  // In order of preference at equal score, so that only a better one replaces what was found.
  const auto offer = [&](std::int32_t score, std::int64_t i, std::int64_t j) {
    if (score > best.score) best = {score, i, j};
  };
  for (std::int64_t j = target_end_free ? 1 : columns; j < columns; ++j) offer(last_row(j), rows, j);
  for (std::int64_t i = query_end_free ? 1 : rows; i <= rows; ++i) offer(last_column(i), i, columns);
  return best;
}

}  // namespace anneal::align

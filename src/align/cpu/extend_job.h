// What the inter-sequence extension kernel works on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/cpu/score_table.h"
#include "anneal/align.h"

namespace anneal::align::cpu {

/// What the kernel knows about each lane, as one vector per quantity. Rows are target letters and columns query
/// letters, as in ksw_extend2.
enum class ExtendField : std::uint8_t {
  rows,     ///< length of the target; 0 once the lane has stopped
  columns,  ///< length of the query
  band,
  band_end,  ///< columns of the next row that the band allows end here
  seed_gap,  ///< score of the seed after a gap down to the next row
  end,       ///< columns of the next row that zeros allow end here
  score,     ///< the seed's score at first
  query_end,
  target_end,
  global_score,  ///< 0 while there is none, and then global_target_end is 0 too
  global_target_end,
  max_off,
  count
};

/// One vector of extensions, and how far it has come: every lane is at the same row.
struct ExtendJob {
  const std::uint8_t* query = nullptr;   ///< codes [column][lane], one column more than there are
  const std::uint8_t* target = nullptr;  ///< codes [row][lane]
  const AlignOptions* options = nullptr;
  const ScoreTable* scores = nullptr;
  void* state = nullptr;     ///< [ExtendField][lane], then [column][H and E][lane]: extend_state_vectors() of them
  std::int64_t columns = 0;  ///< no query is longer
  std::int64_t least_columns = 0;  ///< no query is shorter
  std::int64_t least_band = 0;     ///< of the lanes' bands
  std::int64_t widest_band = 0;    ///< of the lanes' bands
  bool late_seeds = false;         ///< whether a band hides row 0's columns that a gap from the seed reaches

  std::int64_t row = 0;       ///< next row
  std::int64_t stop_row = 0;  ///< row to return before
  std::int64_t first = 0;     ///< left of this column, every running lane has zeros only
  std::int64_t likely = 0;    ///< the best cells of the next row are likely to be left of this column, and near it
  std::uint64_t cells = 0;    ///< vector cells computed so far
};

inline constexpr std::size_t extend_fields = static_cast<std::size_t>(ExtendField::count);

inline std::size_t extend_state_vectors(std::int64_t longest_query) {
  return extend_fields + static_cast<std::size_t>(2 * (longest_query + 1));
}

/// Positions beyond a sequence's length that lanes must be able to hold.
inline constexpr std::int64_t extend_position_slack = 3;

}  // namespace anneal::align::cpu

// What the kernel for strips of local alignments works on: one pair, a vector of neighbouring query rows that moves
// along the target. Scores are kept as they are, because each cell has to know whether it lies below 0.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/cpu/pair_scores.h"
#include "align/cpu/score_table.h"
#include "align/cpu/strip_job.h"

namespace anneal::align::cpu {

/// Vectors of a saved state: H, E and F of the last step, and H on the diagonal before the next one.
inline constexpr std::int64_t local_state_scores = 4;

/// Computes steps first_step .. last_step of a strip: at step t, lane k is in row first_row + k and column t - k.
/// Scores that are kept are of the kernel's type T. Letters beyond the matrix are padding, which scores 0 at most.
struct LocalStripJob {
  const std::uint8_t* query = nullptr;            ///< code of row first_row at [0]; readable for a strip's rows
  const std::uint8_t* target_reversed = nullptr;  ///< code of column j, prepared, at [columns - j]; readable a strip's
                                                  ///< rows before and beyond
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t first_row = 1;
  std::int64_t first_step = 1;
  std::int64_t last_step = 0;
  bool exact_band = false;  ///< whether no path may leave these diagonals
  std::int64_t lowest_diagonal = 0;
  std::int64_t highest_diagonal = 0;
  const ScoreTable* scores = nullptr;
  const PairScores* pair_scores = nullptr;  ///< where not null: instead of them, with numbers for codes
  int gap_open = 0;
  int gap_extend = 0;

  /// The same scores, each more by twice gap_extend; null where the kernel may not compute in 8 bits.
  const ScoreTable* drifted_scores = nullptr;
  const PairScores* drifted_pair_scores = nullptr;
  std::int64_t lowest = -1;  ///< what two letters are worth at least

  const void* above = nullptr;  ///< H(first_row - 1, j) of column j at [j], F(first_row, j) at [j + row_size]
  void* below = nullptr;        ///< receives those of the strip's last row, likewise; null with `trace` and `found`
  std::int64_t row_size = 0;
  const void* from = nullptr;  ///< state before first_step, with `trace` and `found`; else the strip begins there
  void* states = nullptr;      ///< with `below`: receives the state before every strip_tile_steps-th step
  /// With `below`: receives the highest score of each strip_tile_steps steps, or any score below `least` if it is.
  std::int32_t* tile_best = nullptr;

  /// With `below`: beyond column last_active, the strip ends early where no alignment of score `least` goes on. A pair
  /// of letters is worth `highest` at most.
  std::int64_t last_active = 0;
  std::int64_t least = 1;
  std::int64_t highest = 0;
  std::int64_t* last_done = nullptr;  ///< receives the last step
  bool* raised = nullptr;             ///< set where scores from which none of `least` goes on may be too high

  /// Where not null: receives, per step, trace_masks masks of the strip's rows, in the order of TraceBit. A mask is
  /// that of each vector of T in turn.
  std::uint8_t* trace = nullptr;
  bool upper_only = false;        ///< with `trace`: the masks of the second half of the rows are not needed
  std::uint8_t* found = nullptr;  ///< where not null: receives a mask per step of the cells that score `wanted`
  std::int32_t wanted = 0;
};

}  // namespace anneal::align::cpu

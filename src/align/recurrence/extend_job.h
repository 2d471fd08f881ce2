// What the programs for Mode::extend are given, and what they find. Rows are target letters, columns query letters.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// As ExtensionResult: both ends count letters.
struct ExtendEnd {
  int score;
  int query_end;
  int target_end;
  int global_score;
  int global_target_end;
  int max_off;
};

/// One pair. Letters are bytes, and begin at a multiple of 4.
struct ExtendJob {
  ANNEAL_GLOBAL const unsigned char* query;
  ANNEAL_GLOBAL const unsigned char* target;
  int query_length;
  int target_length;
  int h0;
  int band;  ///< extension_band()
  /// Of ExtendRowsProgram: ints for two rows of row_cells() each, at a multiple of 16 bytes.
  ANNEAL_GLOBAL int* rows;
};

/// Options of all pairs, as scores. `loss`: the most that a pair of letters costs, but at least 1.
struct ExtendCosts {
  int gap_open;
  int gap_extend;
  int zdrop;
  int loss;
};

constexpr ANNEAL_CONSTANT int most_extend_cells = 32;  ///< of a lane

/// What gaps cost in the numbers that ExtendCells works with, and in `lanes` lanes of `cells` cells.
struct ExtendParameters {
  ExtendCosts costs;
  int open;                     ///< a gap, before its first letter
  int up;                       ///< a letter of a gap in the query: into the next row
  int along;                    ///< a letter of a gap in the target: into the next column
  int fold[most_extend_cells];  ///< added to M of cell k: F of the lane's next neighbour, from there
  int decay[5];                 ///< added to F when it moves on by 1, 2, 4, 8 and 16 lanes
};

/// Pairs whose query and target have a letter.
ANNEAL_FN bool has_letters(ANNEAL_THREAD const ExtendJob& job) { return job.query_length > 0 && job.target_length > 0; }

}  // namespace anneal::align::recurrence

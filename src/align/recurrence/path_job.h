// What programs that find paths are given, and what they leave.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/end_cell.h"

namespace anneal::align::recurrence {

/// Scoring, boundary and band, as programs that find paths want them. The same for all pairs of a batch.
struct PathParameters {
  bool local = false;
  bool query_begin_free = false;  ///< as Boundary has them; both true where `local`
  bool target_begin_free = false;
  bool score_is_known = true;  ///< whether EndCell::score is the path's score; else it is no more than that
  int gap_open = 0;
  int gap_extend = 0;
  int highest = 0;                  ///< the matrix's highest score, or 0
  int offset = 0;                   ///< added to every score in the kernels' tables
  int band = -1;                    ///< Band::width, or -1 for all cells
  int min_score = -0x7fffffff - 1;  ///< AlignOptions::min_score
  Word identity = 0;                ///< bit k: letters of code k match where they are the same
  Word match_codes = 0;             ///< codes 0 .. match_codes-1 score `match` against themselves
  int match = 0;

  /// H(i,0) or H(0,j) for that many letters.
  ANNEAL_CONSTANT_FN long gap(int letters) const {
    return letters == 0 ? 0 : -(gap_open + static_cast<long>(letters) * gap_extend);
  }
  ANNEAL_CONSTANT_FN long first_column(int i) const { return query_begin_free ? 0 : gap(i); }
  ANNEAL_CONSTANT_FN long first_row(int j) const { return target_begin_free ? 0 : gap(j); }
};

/// A pair as SequenceTable holds it, whose path ends at `end`.
struct PathPair {
  ANNEAL_GLOBAL const unsigned char* query = nullptr;
  ANNEAL_GLOBAL const unsigned char* target = nullptr;
  int query_length = 0;
  int target_length = 0;
  EndCell end = {0, 0, 0};
  int band_centre = 0;
};

/// Where a path begins, and how many operations its CIGAR has.
struct PathResult {
  int query_begin = -1;
  int target_begin = -1;
  int ops = 0;
};

}  // namespace anneal::align::recurrence

// Walks back over the trace of a PathStrip, from the rectangle's last cell to where the path begins.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_ops.h"
#include "align/recurrence/path_rectangle.h"
#include "align/recurrence/path_strip.h"

namespace anneal::align::recurrence {

/// The trace of one part of a group's Words.
template <class Strip, class Strips>
class PathTrace {
 public:
  ANNEAL_FN PathTrace(ANNEAL_GLOBAL const Word* words, ANNEAL_THREAD const Strips& strips, int part)
      : words_(words), strips_(strips), part_(part) {}

  /// PathBits of a cell, above which anything may be. Rows and columns count from 1.
  ANNEAL_FN Word bits(int i, int j) const {
    const int row = i - 1, strip = row / Strips::height, lane = row % Strips::height / Strip::rows;
    const int row_of_lane = row % Strip::rows;
    const long at = strips_.at(strip, j - 1 - strips_.begin(strip) + lane, lane) + row_of_lane / Strip::rows_per_word;
    const int rows_below = Strip::rows_per_word - 1 - row_of_lane % Strip::rows_per_word;
    return words_[at] >> (16 * part_ + 4 * rows_below);
  }

 private:
  ANNEAL_GLOBAL const Word* words_;
  ANNEAL_THREAD const Strips& strips_;
  int part_;
};

/// `Bits`: a PathTrace. `Sink` as PathOps wants it.
template <class Bits, class Sink>
class PathWalk {
 public:
  ANNEAL_FN PathWalk(ANNEAL_THREAD const PathParameters& parameters, ANNEAL_THREAD const PathPair& pair,
                     ANNEAL_THREAD const PathRectangle& rectangle, ANNEAL_THREAD const Bits& bits,
                     ANNEAL_THREAD Sink& sink)
      : parameters_(parameters), query_(pair.query + rectangle.first_row),
        target_(pair.target + rectangle.first_column), bits_(bits), ops_(sink), i_(rectangle.rows),
        j_(rectangle.columns) {}

  /// Rows and columns before the path's begin, once run() is over.
  ANNEAL_FN int i() const { return i_; }
  ANNEAL_FN int j() const { return j_; }

  ANNEAL_FN void run() {
    bool begun = false;
    while (i_ > 0 && j_ > 0 && !begun) begun = !step(bits_.bits(i_, j_));
    if (!parameters_.local) reach_boundary();
    ops_.flush();
  }

 private:
  /// False where the path begins.
  ANNEAL_FN bool step(Word bits) {
    if (gap_ != 0 && (bits & gap_opens_) != 0) gap_ = 0;
    if (gap_ == 0) {
      const Word source = bits & path_source;
      if (source == path_begins) return false;
      if (source == path_from_diagonal) {
        --i_;
        --j_;
        ops_.prepend(is_match(parameters_, query_[i_], target_[j_]) ? path_equal : path_mismatch, 1);
        return true;
      }
      gap_ = source == path_from_deletion ? path_deletion : path_insertion;
      gap_opens_ = source == path_from_deletion ? path_opens_deletion : path_opens_insertion;
    }
    if (gap_ == path_deletion) {
      --j_;
    } else {
      --i_;
    }
    ops_.prepend(gap_, 1);
    return true;
  }

  ANNEAL_FN void reach_boundary() {
    if (i_ == 0 && !parameters_.target_begin_free) {
      ops_.prepend(path_deletion, j_);
      j_ = 0;
    }
    if (j_ == 0 && !parameters_.query_begin_free) {
      ops_.prepend(path_insertion, i_);
      i_ = 0;
    }
  }

  ANNEAL_THREAD const PathParameters& parameters_;
  ANNEAL_GLOBAL const unsigned char* query_;
  ANNEAL_GLOBAL const unsigned char* target_;
  ANNEAL_THREAD const Bits& bits_;
  PathOps<Sink> ops_;
  int i_;
  int j_;
  Word gap_ = 0;  // the operation of the gap that the walk is in
  Word gap_opens_ = 0;
};

}  // namespace anneal::align::recurrence

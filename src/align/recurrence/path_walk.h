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

  /// PathBits of a cell. Rows and columns count from 1.
  ANNEAL_FN Word bits(int i, int j) const {
    const int row = i - 1, strip = row / Strips::height, lane = row % Strips::height / Strip::rows;
    const int row_of_lane = row % Strip::rows;
    const long at = strips_.at(strip, j - 1 - strips_.begin(strip) + lane, lane) + row_of_lane / Strip::rows_per_word;
    return Strip::bits(words_[at], row_of_lane % Strip::rows_per_word, part_);
  }

 private:
  ANNEAL_GLOBAL const Word* words_;
  ANNEAL_THREAD const Strips& strips_;
  int part_;
};

/// Where a walk is, so that it can pause while the trace of the strip above is made.
struct PathCursor {
  int i = 0;  ///< rows left
  int j = 0;  ///< columns left
  bool begun = false;
  Word gap = 0;  ///< the operation of the gap that the walk is in
  Word gap_opens = 0;
  PathOps<OpWriter> ops;

  /// Whether there is a cell below `first_row` to look at.
  ANNEAL_FN bool goes_on(int first_row) const { return i > first_row && j > 0 && !begun; }
};

/// `Bits`: a PathTrace.
template <class Bits>
class PathWalk {
 public:
  ANNEAL_FN PathWalk(ANNEAL_THREAD const PathParameters& parameters, ANNEAL_THREAD const PathPair& pair,
                     ANNEAL_THREAD const PathRectangle& rectangle, Bits bits, ANNEAL_THREAD PathCursor& at)
      : parameters_(parameters), query_(pair.query + rectangle.first_row),
        target_(pair.target + rectangle.first_column), bits_(bits), at_(at) {}

  /// Goes on up to a row that need not have a trace.
  ANNEAL_FN void run(int first_row) {
    while (at_.goes_on(first_row)) {
      if (at_.gap == 0) {
        take_diagonal(first_row);
      } else {
        step(bits_.bits(at_.i, at_.j));
      }
    }
  }
  /// Once there are no cells left.
  ANNEAL_FN void finish() {
    if (!parameters_.local) reach_boundary();
    at_.ops.flush();
  }

 private:
  /// Some cells of the diagonal, whose loads need not wait for each other, or another step.
  ANNEAL_FN void take_diagonal(int first_row) {
    constexpr int most = 4;
    const int rows = at_.i - first_row, room = rows < at_.j ? rows : at_.j;
    Word bits[most];
    bool matches[most];
    ANNEAL_UNROLL
    for (int k = 0; k < most; ++k) {
      bits[k] = k < room ? bits_.bits(at_.i - k, at_.j - k) : Word{path_begins};
      matches[k] = k < room && is_match(parameters_, query_[at_.i - 1 - k], target_[at_.j - 1 - k]);
    }
    int taken = 0;
    ANNEAL_UNROLL
    for (int k = 0; k < most; ++k) {
      if (taken != k || (bits[k] & path_source) != path_from_diagonal) continue;
      at_.ops.prepend(matches[k] ? path_equal : path_mismatch, 1);
      ++taken;
    }
    at_.i -= taken;
    at_.j -= taken;
    if (taken == 0) step(bits[0]);
  }

  ANNEAL_FN void step(Word bits) {
    if (at_.gap != 0 && (bits & at_.gap_opens) != 0) at_.gap = 0;
    if (at_.gap == 0) {
      const Word source = bits & path_source;
      if (source == path_begins) {
        at_.begun = true;
        return;
      }
      if (source == path_from_diagonal) return;  // with take_diagonal(), as the gap has ended
      at_.gap = source == path_from_deletion ? path_deletion : path_insertion;
      at_.gap_opens = source == path_from_deletion ? path_opens_deletion : path_opens_insertion;
    }
    if (at_.gap == path_deletion) {
      --at_.j;
    } else {
      --at_.i;
    }
    at_.ops.prepend(at_.gap, 1);
  }

  ANNEAL_FN void reach_boundary() {
    if (at_.i == 0 && !parameters_.target_begin_free) {
      at_.ops.prepend(path_deletion, at_.j);
      at_.j = 0;
    }
    if (at_.j == 0 && !parameters_.query_begin_free) {
      at_.ops.prepend(path_insertion, at_.i);
      at_.i = 0;
    }
  }

  ANNEAL_THREAD const PathParameters& parameters_;
  ANNEAL_GLOBAL const unsigned char* query_;
  ANNEAL_GLOBAL const unsigned char* target_;
  Bits bits_;
  ANNEAL_THREAD PathCursor& at_;
};

}  // namespace anneal::align::recurrence

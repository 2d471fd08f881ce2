// Walks back over the trace of a PathStrip, from the rectangle's last cell to where the path begins.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_ops.h"
#include "align/recurrence/path_rectangle.h"
#include "align/recurrence/path_strip.h"

namespace anneal::align::recurrence {

/// The trace of one part of a group's Words, which are fewer than 2^32.
template <class Strip, class Strips>
class PathTrace {
 public:
  ANNEAL_FN PathTrace(ANNEAL_GLOBAL const Word* words, ANNEAL_THREAD const Strips& strips, int part)
      : words_(words), strips_(strips), part_(part), stored_steps_(static_cast<Word>(strips.stored_steps())) {}

  /// PathBits of a cell. Rows and columns count from 1.
  ANNEAL_FN Word bits(int i, int j) const {
    const Word row = static_cast<Word>(i - 1), strip = row / height, row_of_lane = row % rows;
    const Word lane = row % height / rows;
    const Word step = static_cast<Word>(j - 1 - strips_.begin(static_cast<int>(strip))) + lane;
    const Word place = static_cast<Word>(strips_.place(static_cast<int>(strip)));
    const Word first_step = place * stored_steps_ + step / together * together;
    const Word first = (first_step * lanes + lane * together + step % together) * Strip::words;
    const int row_of_word = static_cast<int>(row_of_lane % Strip::rows_per_word);
    return Strip::bits(words_[first + row_of_lane / Strip::rows_per_word], row_of_word, part_);
  }

 private:
  static constexpr ANNEAL_CONSTANT Word height = Strips::height;
  static constexpr ANNEAL_CONSTANT Word rows = Strip::rows;
  static constexpr ANNEAL_CONSTANT Word lanes = Strips::lanes;
  static constexpr ANNEAL_CONSTANT Word together = Strips::together;

  ANNEAL_GLOBAL const Word* words_;
  ANNEAL_THREAD const Strips& strips_;
  int part_;
  Word stored_steps_;
};

/// Where a walk is, so that it can pause while the trace of the strip above is made.
struct PathCursor {
  int i = 0;  ///< rows left
  int j = 0;  ///< columns left
  bool begun = false;
  Word gap = 0;  ///< the operation of the gap that the walk is in
  Word gap_opens = 0;
  PathOps<OpWriter> ops;

  /// Whether there is a cell below `first_row` and right of `first_column` to look at.
  ANNEAL_FN bool goes_on(int first_row, int first_column = 0) const {
    return i > first_row && j > first_column && !begun;
  }
};

/// `Bits`: a PathTrace.
template <class Bits>
class PathWalk {
 public:
  ANNEAL_FN PathWalk(ANNEAL_THREAD const PathParameters& parameters, ANNEAL_THREAD const PathPair& pair,
                     ANNEAL_THREAD const PathRectangle& rectangle, Bits bits, ANNEAL_THREAD PathCursor& at)
      : parameters_(parameters), query_(pair.query), target_(pair.target), query_begin_(rectangle.first_row),
        target_begin_(rectangle.first_column), bits_(bits), at_(at) {}

  /// Goes on up to a row or a column that need not have a trace.
  ANNEAL_FN void run(int first_row, int first_column = 0) {
    while (at_.goes_on(first_row, first_column)) {
      if (at_.gap == 0) {
        take_diagonal(at_.i - first_row, at_.j - first_column);
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
  /// Some cells of the diagonal, whose loads need not wait for each other, and the step after them if it is known.
  ANNEAL_FN void take_diagonal(int rows, int columns) {
    constexpr int most = 8;
    const int room = rows < columns ? rows : columns;
    Word bits[most];
    ANNEAL_UNROLL
    for (int k = 0; k < most; ++k) bits[k] = k < room ? bits_.bits(at_.i - k, at_.j - k) : Word{path_begins};
    const Word matches = matches_before(room);
    int taken = 0;
    Word next = 0;
    ANNEAL_UNROLL
    for (int k = 0; k < most; ++k) {
      if (taken != k) continue;
      next = bits[k];
      if ((bits[k] & path_source) == path_from_diagonal) ++taken;
    }
    prepend_diagonal(matches, taken);
    at_.i -= taken;
    at_.j -= taken;
    if (taken < most && taken < room) step(next);
  }

  /// Bit k: whether the letters of the k-th cell before are written `=`; of `room` cells that exist.
  ANNEAL_FN Word matches_before(int room) const {
    Word matches = 0;
    ANNEAL_UNROLL
    for (int first = 0; first < 8; first += 4) {
      if (first >= room) continue;
      const Word query = four_before(query_, query_begin_ + at_.i - first);
      const Word target = four_before(target_, target_begin_ + at_.j - first);
      ANNEAL_UNROLL
      for (int k = 0; k < 4; ++k) {
        const Word letter = query >> (24 - 8 * k) & 255u, other = target >> (24 - 8 * k) & 255u;
        if (is_match(parameters_, letter, other)) matches |= 1u << (first + k);
      }
    }
    return matches;
  }
  ANNEAL_FN void prepend_diagonal(Word matches, int count) {
    while (count > 0) {
      const bool is_equal = (matches & 1u) != 0;
      const Word others = is_equal ? ~matches : matches;
      int run = others == 0 ? count : lowest_bit(others);
      if (run > count) run = count;
      at_.ops.prepend(is_equal ? path_equal : path_mismatch, run);
      matches >>= run;
      count -= run;
    }
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
  int query_begin_;  // of the rectangle
  int target_begin_;
  Bits bits_;
  ANNEAL_THREAD PathCursor& at_;
};

}  // namespace anneal::align::recurrence

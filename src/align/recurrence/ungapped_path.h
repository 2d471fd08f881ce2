// Paths without a gap between aligned letters, which the letters alone prove.
//
// Where the letters on the diagonal before the end cell add up to its score, every cell there has a best predecessor on
// the diagonal, which wins ties: that way is the path. It ends where a local alignment's score is used up, or else at
// the matrix's edge, from where a gap may lead to the corner. Where the score is not known, the diagonal has to score
// more than any path with gaps could.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_ops.h"

namespace anneal::align::recurrence {

/// Row k has the scores of query letter k.
constexpr ANNEAL_CONSTANT int pair_scores_stride = 32;

class UngappedPath {
 public:
  /// `pair_scores`: SubstitutionMatrix::score(). Sequences begin at a multiple of 4.
  ANNEAL_FN UngappedPath(ANNEAL_THREAD const PathParameters& parameters, ANNEAL_THREAD const PathPair& pair,
                         ANNEAL_GLOBAL const signed char* pair_scores)
      : parameters_(parameters), pair_(pair), pair_scores_(pair_scores) {}

  /// Letters on the path's diagonal, or -1 if no such path can be proved.
  ANNEAL_FN int find() const {
    const int i = pair_.end.query_end, j = pair_.end.target_end, columns = i < j ? i : j;
    if (!parameters_.score_is_known) return beats_gaps() ? columns : -1;
    const long at_begin = i > j ? parameters_.first_column(i - j) : parameters_.first_row(j - i);
    long left = pair_.end.score - (parameters_.local ? 0 : at_begin);
    int length = 0;
    while (length < columns && !(parameters_.local && left == 0)) {
      if (left > static_cast<long>(parameters_.highest) * (columns - length)) return -1;
      length += take(i - length, j - length, columns - length, left);
    }
    return left == 0 ? length : -1;
  }

  /// The path of that many letters on the diagonal; its operations go to `sink`.
  template <class Sink>
  ANNEAL_FN PathResult write(int length, ANNEAL_THREAD Sink& sink) const {
    PathOps<Sink> ops{sink};
    int i = pair_.end.query_end, j = pair_.end.target_end;
    for (int rest = length; rest > 0;) {
      const int matches = matches_before(i, j, rest);
      const int taken = matches > 0 ? matches : 1;
      ops.prepend(matches > 0 ? path_equal : path_mismatch, taken);
      i -= taken;
      j -= taken;
      rest -= taken;
    }
    if (!parameters_.local && i == 0 && !parameters_.target_begin_free) {
      ops.prepend(path_deletion, j);
      j = 0;
    }
    if (!parameters_.local && j == 0 && !parameters_.query_begin_free) {
      ops.prepend(path_insertion, i);
      i = 0;
    }
    ops.flush();
    sink = ops.sink;
    return {i, j, 0};
  }

 private:
  /// A bit in every byte whose letter is not below match_codes; codes are below 64.
  ANNEAL_FN Word special(Word letters) const {
    return (letters + 0x01010101u * (64u - parameters_.match_codes)) & 0x40404040u;
  }
  /// Whether the diagonal to the matrix's corner scores more than any path with gaps could.
  ANNEAL_FN bool beats_gaps() const {
    const int letters = pair_.end.query_end;
    if (letters != pair_.end.target_end) return false;
    const long gap = static_cast<long>(parameters_.gap_open) + parameters_.gap_extend;
    long left = static_cast<long>(parameters_.highest) * (letters - 1) - 2 * gap;
    for (int taken = 0; taken < letters;) taken += take(letters - taken, letters - taken, letters - taken, left);
    return left < 0;
  }
  /// Takes some letters off the diagonal before (i, j); returns how many, of at most `columns`.
  ANNEAL_FN int take(int i, int j, int columns, ANNEAL_THREAD long& left) const {
    if (parameters_.match_codes != 0 && columns >= 4) {
      const Word query = four_before(pair_.query, i), target = four_before(pair_.target, j);
      const bool stays = !parameters_.local || left > 4L * parameters_.match;
      if (query == target && stays && special(query) == 0) {
        left -= 4L * parameters_.match;
        return 4;
      }
    }
    left -= pair_scores_[pair_.query[i - 1] * pair_scores_stride + pair_.target[j - 1]];
    return 1;
  }
  /// How many of the letters before (i, j) are written `=`, at most `columns`.
  ANNEAL_FN int matches_before(int i, int j, int columns) const {
    int matches = 0;
    while (parameters_.match_codes != 0 && columns - matches >= 4) {
      const Word query = four_before(pair_.query, i - matches), target = four_before(pair_.target, j - matches);
      if (query != target || special(query) != 0) break;
      matches += 4;
    }
    while (matches < columns && is_match(parameters_, pair_.query[i - matches - 1], pair_.target[j - matches - 1])) {
      ++matches;
    }
    return matches;
  }

  ANNEAL_THREAD const PathParameters& parameters_;
  ANNEAL_THREAD const PathPair& pair_;
  ANNEAL_GLOBAL const signed char* pair_scores_;
};

}  // namespace anneal::align::recurrence

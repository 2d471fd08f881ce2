// What a group of lanes does to align one pair where gaps have two pieces, or as ksw2 extends (Mode::extend_ksw2),
// whatever the band, the penalties and the scores are.
//
// The group goes along antidiagonals, each in strips of a cell per lane, as the cells of one do not wait for each
// other. Where a path is wanted each cell leaves a byte of trace, over which the group then walks back.
#pragma once

#include "align/recurrence/extend_scores.h"
#include "align/recurrence/two_piece_plan.h"
#include "align/recurrence/two_piece_progress.h"
#include "align/recurrence/two_piece_walk.h"

namespace anneal::align::recurrence {

/// `Ints`: pointer to the scores of the last antidiagonals, in a group's own memory or in the job's workspace.
template <class Ints, int lanes_ = 32>
class TwoPieceProgram {
 public:
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT int table_words = extend_letters * extend_row_words;  ///< extend_table()
  /// Below every reachable score (at least -2^30), and far enough from the limit to subtract gaps from.
  static constexpr ANNEAL_CONSTANT int none = -(1 << 30) - (1 << 29);

  /// `own`: diagonal_score_ints() of the job's diagonals, or null where they are in its workspace.
  ANNEAL_FN TwoPieceProgram(ANNEAL_THREAD const TwoPieceJob& job, ANNEAL_THREAD const Antidiagonals& cells,
                            ANNEAL_THREAD const TwoPiecePlan& plan, ANNEAL_THREAD const TwoPieceParameters& parameters,
                            ANNEAL_SHARED const Word* table, Ints state ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE parameters_(parameters), job_(job), cells_(cells), plan_(plan),
        table_(reinterpret_cast<ANNEAL_SHARED const signed char*>(table)), state_(state),
        scores_(state, cells.lowest, cells.diagonals()), progress_(parameters),
        segments_(parameters.wants_path ? plan.segments_within(job.workspace_bytes) : 1) {}

  ANNEAL_FN TwoPieceEnd run() {
    trace_ = {job_.workspace + plan_.state_bytes() + (segments_ - 1) * plan_.score_bytes(), plan_.trace_stride(), 2};
    traces_ = parameters_.wants_path && segments_ == 1;
    begin();
    find_end();
    ANNEAL_THREAD TwoPieceEnd& end = progress_.end();
    if (parameters_.wants_path && end.score >= parameters_.min_score) find_path(end);
    return end;
  }

 private:
  ANNEAL_FN void begin() {
    order_group<lanes>();  // others may still read what was there before
    ANNEAL_EACH_LANE(lane, lanes) {
      const int ints = static_cast<int>(diagonal_score_ints(cells_.diagonals()));
      for (int k = lane; k < ints; k += lanes) state_[k] = none;
    }
    order_group<lanes>();
    fill_edges(0);
    fill_edges(1);
    order_group<lanes>();
  }

  ANNEAL_FN void find_end() {
    int to_save = 2 + plan_.segment(segments_), segment = 1;
    for (int sum = 2; sum <= cells_.last_sum(); ++sum) {
      if (sum == to_save && parameters_.wants_path) {
        save(segment++);
        to_save += plan_.segment(segments_);
      }
      fill(sum);
      if (parameters_.extends && ends_at(sum)) return;
    }
    if (parameters_.extends) return;
    ANNEAL_THREAD TwoPieceEnd& end = progress_.end();
    end.score = scores_.load_h(cells_.columns - cells_.rows);
    end.query_end = cells_.rows;
    end.target_end = cells_.columns;
  }
  ANNEAL_FN bool ends_at(int sum) {
    if (cells_.is_empty(sum)) {  // every second one in a band of width 0
      const bool is_last = sum == cells_.last_sum() || cells_.is_empty(sum + 1);
      progress_.end().dropped = is_last ? 1 : 0;
      return is_last;
    }
    const int query_end = sum - cells_.rows;
    if (query_end >= 1 && query_end == cells_.first(sum)) {
      progress_.offer_query_end(scores_.load_h(query_end - cells_.rows), query_end);
    }
    const int score = best_.score();
    if (!progress_.asks_for_cell(score)) return false;
    const int j = best_.j(score ANNEAL_LANE);
    return progress_.drops(score, sum - j, j);
  }

  /// Row 0 and column 0 of an antidiagonal.
  ANNEAL_FN void fill_edges(int sum) {
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane == 0 && sum <= cells_.highest) scores_.store_h(sum, edge(sum));
      if (lane == 0 && -sum >= cells_.lowest) scores_.store_h(-sum, edge(sum));
    }
  }
  ANNEAL_FN int edge(int letters) const {
    if (letters == 0) return 0;
    const long first = parameters_.gap_open + static_cast<long>(letters) * parameters_.gap_extend;
    const long second = parameters_.second_open + static_cast<long>(letters) * parameters_.second_extend;
    return -static_cast<int>(first < second ? first : second);
  }

  ANNEAL_FN void fill(int sum) {
    const int first = cells_.first(sum), last = cells_.last(sum);
    best_.begin(first, last);
    ANNEAL_EACH_LANE(lane, lanes) {
      best_.begin(lane);
      DiagonalPlaces at = scores_.places(2 * (first + lane) - sum);
      for (int j = first + lane; j <= last; j += lanes) {
        CellScores cell;
        const int aligned = fill_cell(cell, at, sum - j, j);
        if (traces_) {
          const Word bits = two_piece_bits(parameters_, cell, aligned);
          trace_.antidiagonal(sum)[j - first] = static_cast<unsigned char>(bits);
        }
        if (parameters_.extends) best_.offer(lane, j, cell.h);
        at.advance(lanes);
      }
    }
    fill_edges(sum);
    order_group<lanes>();
  }
  /// Returns what the cell's letters score, after those before them.
  ANNEAL_FN int fill_cell(ANNEAL_THREAD CellScores& cell, ANNEAL_THREAD const DiagonalPlaces& at, int i, int j) const {
    const CellScores left = scores_.load_left(at), above = scores_.load_above(at);
    const int letters = (job_.target[j - 1] & 31) * extend_letters + (job_.query[i - 1] & 31);
    const int aligned = scores_.load_h(at) + table_[letters];
    cell.deletion = continued(left.h, left.deletion, parameters_.gap_open, parameters_.gap_extend);
    cell.insertion = continued(above.h, above.insertion, parameters_.gap_open, parameters_.gap_extend);
    cell.second_deletion = continued(left.h, left.second_deletion, parameters_.second_open, parameters_.second_extend);
    cell.second_insertion =
        continued(above.h, above.second_insertion, parameters_.second_open, parameters_.second_extend);
    cell.h = max3_word(max3_word(aligned, cell.deletion, cell.insertion), cell.second_deletion, cell.second_insertion);
    scores_.store(at, cell);
    return aligned;
  }
  /// A gap's score one letter on: opened at a cell of score `h`, or longer.
  ANNEAL_FN static int continued(int h, int gap, int open, int extend) { return max_word(h - open, gap) - extend; }

  ANNEAL_FN void find_path(ANNEAL_THREAD TwoPieceEnd& end) {
    const bool to_query_end = parameters_.extends && progress_.prefers_query_end();
    const int i = to_query_end ? cells_.rows : end.query_end, j = to_query_end ? end.global_target_end : end.target_end;
    TwoPieceWalk<lanes> walk(parameters_, job_, cells_, i, j ANNEAL_LANE);
    if (segments_ == 1) walk.run(trace_);
    while (walk.goes_on()) {
      retrace(walk.sum());
      walk.run(trace_);
    }
    end.ops = walk.finish();
  }
  /// Makes the trace of the segment that ends with this antidiagonal.
  ANNEAL_FN void retrace(int last_sum) {
    const int segment = (last_sum - 2) / plan_.segment(segments_);
    if (segment == 0) {
      begin();
    } else {
      restore(segment);
    }
    traces_ = true;
    trace_.first_sum = 2 + segment * plan_.segment(segments_);
    for (int sum = trace_.first_sum; sum <= last_sum; ++sum) fill(sum);
  }

  /// Scores before the first antidiagonal of a segment, which are kept from the second segment on.
  ANNEAL_FN ANNEAL_GLOBAL int* kept(int segment) const {
    return reinterpret_cast<ANNEAL_GLOBAL int*>(job_.workspace + plan_.state_bytes() +
                                                (segment - 1) * plan_.score_bytes());
  }
  ANNEAL_FN void save(int segment) {
    ANNEAL_GLOBAL int* const to = kept(segment);
    ANNEAL_EACH_LANE(lane, lanes) {
      const int ints = static_cast<int>(diagonal_score_ints(cells_.diagonals()));
      for (int k = lane; k < ints; k += lanes) to[k] = state_[k];
    }
    order_group<lanes>();
  }
  ANNEAL_FN void restore(int segment) {
    ANNEAL_GLOBAL const int* const from = kept(segment);
    order_group<lanes>();  // as begin()
    ANNEAL_EACH_LANE(lane, lanes) {
      const int ints = static_cast<int>(diagonal_score_ints(cells_.diagonals()));
      for (int k = lane; k < ints; k += lanes) state_[k] = from[k];
    }
    order_group<lanes>();
  }

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const TwoPieceParameters& parameters_;
  ANNEAL_THREAD const TwoPieceJob& job_;
  ANNEAL_THREAD const Antidiagonals& cells_;
  ANNEAL_THREAD const TwoPiecePlan& plan_;
  ANNEAL_SHARED const signed char* table_;
  Ints state_;
  DiagonalScores<Ints> scores_;
  TwoPieceProgress progress_;
  int segments_;
  TwoPieceTrace trace_;
  bool traces_ = false;
  AntidiagonalBest<lanes> best_;
};

}  // namespace anneal::align::recurrence

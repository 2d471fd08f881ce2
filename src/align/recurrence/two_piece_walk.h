// Walks back over the trace of a TwoPieceProgram, from the path's end to the first row or column. All lanes look at
// cells of what may be a run, and go on together to where it ends.
#pragma once

#include "align/recurrence/path_ops.h"
#include "align/recurrence/two_piece_trace.h"

namespace anneal::align::recurrence {

/// As OpWriter, for lanes that come together: the first one writes.
template <int lanes>
struct GroupOpWriter {
  ANNEAL_LANE_MEMBER
  ANNEAL_GLOBAL Word* end;
  int count = 0;

  ANNEAL_FN explicit GroupOpWriter(ANNEAL_GLOBAL Word* before ANNEAL_LANE_PARAMETER) : ANNEAL_SET_LANE end(before) {}

  ANNEAL_FN void operator()(Word packed) {
    --end;
    ++count;
    ANNEAL_EACH_LANE(lane, lanes) {
      if (lane == 0) *end = packed;
    }
  }
};

template <int lanes>
class TwoPieceWalk {
 public:
  ANNEAL_FN TwoPieceWalk(ANNEAL_THREAD const TwoPieceParameters& parameters, ANNEAL_THREAD const TwoPieceJob& job,
                         ANNEAL_THREAD const Antidiagonals& cells, int i, int j ANNEAL_LANE_PARAMETER)
      : ANNEAL_SET_LANE parameters_(parameters), job_(job), cells_(cells), i_(i), j_(j),
        ops_{GroupOpWriter<lanes>(job.ops_end ANNEAL_LANE), 0, 0} {}

  /// Whether there is a cell to look at, and the antidiagonal that it lies on.
  ANNEAL_FN bool goes_on() const { return i_ > 0 && j_ > 0; }
  ANNEAL_FN int sum() const { return i_ + j_; }

  /// As far as the trace goes.
  ANNEAL_FN void run(ANNEAL_THREAD const TwoPieceTrace& trace) {
    while (goes_on() && sum() >= trace.first_sum) {
      if (gap_ == 0) {
        take_diagonal(trace);
      } else {
        take_gap(trace);
      }
    }
  }
  /// Once there are no cells left. Returns the CIGAR's operations.
  ANNEAL_FN int finish() {
    ops_.prepend(path_deletion, j_);
    ops_.prepend(path_insertion, i_);
    ops_.flush();
    return ops_.sink.count;
  }

 private:
  ANNEAL_FN static int least(int a, int b) { return a < b ? a : b; }
  /// `stops`: minus the number of a lane whose cell ends the run, in others minus `room`. Returns the run's length.
  ANNEAL_FN static int run_length(ANNEAL_THREAD const PerLane<int, lanes>& stops) { return -group_max(stops); }

  /// Some cells of the diagonal, and the first letter of the gap before them.
  ANNEAL_FN void take_diagonal(ANNEAL_THREAD const TwoPieceTrace& trace) {
    const int room = least(least(i_, j_), least((sum() - trace.first_sum) / 2 + 1, lanes));
    PerLane<int, lanes> bits, equal, stops;
    ANNEAL_EACH_LANE(lane, lanes) {
      bits[lane] = equal[lane] = 0;
      stops[lane] = -room;
      if (lane < room) {
        const Word query = job_.query[i_ - 1 - lane], target = job_.target[j_ - 1 - lane];
        bits[lane] = static_cast<int>(trace.bits(cells_, i_ - lane, j_ - lane));
        equal[lane] = query == target && (parameters_.identity >> query & 1u) != 0 ? 1 : 0;
        if ((bits[lane] & two_piece_diagonal) == 0) stops[lane] = -lane;
      }
    }
    const int taken = run_length(stops);
    prepend_columns(equal, taken);
    i_ -= taken;
    j_ -= taken;
    if (taken < room) begin_gap(static_cast<Word>(from_lane(bits, taken ANNEAL_LANE)));
  }
  ANNEAL_FN void prepend_columns(ANNEAL_THREAD const PerLane<int, lanes>& equal, int count) {
    PerLane<int, lanes> kinds = equal;
    for (int done = 0; done < count;) {
      const int kind = from_lane(kinds, done ANNEAL_LANE);
      PerLane<int, lanes> stops;
      ANNEAL_EACH_LANE(lane, lanes) {
        stops[lane] = lane > done && lane < count && kinds[lane] != kind ? -lane : -count;
      }
      const int end = run_length(stops);
      ops_.prepend(kind != 0 ? path_equal : path_mismatch, end - done);
      done = end;
    }
  }

  ANNEAL_FN void begin_gap(Word bits) {
    const bool deletes = (bits & two_piece_deletion) != 0, is_second = (bits & two_piece_second) != 0;
    gap_ = deletes ? path_deletion : path_insertion;
    gap_opens_ = deletes ? (is_second ? two_piece_opens_second_deletion : two_piece_opens_deletion)
                         : (is_second ? two_piece_opens_second_insertion : two_piece_opens_insertion);
    take_gap_letters(1);
  }
  /// Its letters up to a cell where it was opened.
  ANNEAL_FN void take_gap(ANNEAL_THREAD const TwoPieceTrace& trace) {
    const bool deletes = gap_ == path_deletion;
    const int room = least(deletes ? j_ : i_, least(sum() - trace.first_sum + 1, lanes));
    PerLane<int, lanes> stops;
    ANNEAL_EACH_LANE(lane, lanes) {
      stops[lane] = -room;
      if (lane < room) {
        const Word bits = trace.bits(cells_, deletes ? i_ : i_ - lane, deletes ? j_ - lane : j_);
        if ((bits & gap_opens_) != 0) stops[lane] = -lane;
      }
    }
    const int letters = run_length(stops);
    take_gap_letters(letters);
    if (letters < room) gap_ = 0;
  }
  /// A gap that arrives at the first row or column was opened there.
  ANNEAL_FN void take_gap_letters(int letters) {
    ops_.prepend(gap_, letters);
    if (gap_ == path_deletion) {
      j_ -= letters;
    } else {
      i_ -= letters;
    }
    if (!goes_on()) gap_ = 0;
  }

  ANNEAL_LANE_MEMBER
  ANNEAL_THREAD const TwoPieceParameters& parameters_;
  ANNEAL_THREAD const TwoPieceJob& job_;
  ANNEAL_THREAD const Antidiagonals& cells_;
  int i_;         // rows left
  int j_;         // columns left
  Word gap_ = 0;  // the operation of the gap that the walk is in
  Word gap_opens_ = 0;
  PathOps<GroupOpWriter<lanes>> ops_;
};

}  // namespace anneal::align::recurrence

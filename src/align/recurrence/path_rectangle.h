// The part of a pair's matrix that holds every best path to its end cell, and how it is cut into strips.
#pragma once

#include "align/recurrence/compat.h"
#include "align/recurrence/path_job.h"

namespace anneal::align::recurrence {

/// Rows and columns count from the rectangle's first letters, which are query letter `first_row` and target letter
/// `first_column` of the pair, from 0. Only diagonals j - i from `lowest` to `highest` matter.
struct PathRectangle {
  int rows = 0;
  int columns = 0;
  int first_row = 0;
  int first_column = 0;
  int lowest = 0;
  int highest = 0;
  /// Diagonals of the exact band, whose other cells do not exist.
  int band_lowest = -0x40000000;
  int band_highest = 0x40000000;

  ANNEAL_CONSTANT_FN bool in_band(int i, int j) const { return j - i >= band_lowest && j - i <= band_highest; }
};

/// What diagonals_to_last_cell() says, in numbers that kernels have. `best`: the pair's highest possible score.
class PathDiagonals {
 public:
  ANNEAL_CONSTANT_FN PathDiagonals(ANNEAL_THREAD const PathParameters& parameters, int rows, int columns, int score)
      : parameters_(parameters), rows_(rows), columns_(columns), score_(score) {}

  ANNEAL_CONSTANT_FN int lowest() const {
    const int last = columns_ - rows_, corner = last < 0 ? last : 0;
    const Wide by_gaps = last - gapped(columns_, rows_);
    const Wide by_corner = corner - beyond(parameters_.query_begin_free, -corner, last - corner);
    return clamp(by_gaps > by_corner ? by_gaps : by_corner);
  }
  ANNEAL_CONSTANT_FN int highest() const {
    const int last = columns_ - rows_, corner = last > 0 ? last : 0;
    const Wide by_gaps = last + gapped(rows_, columns_);
    const Wide by_corner = corner + beyond(parameters_.target_begin_free, corner, corner - last);
    return clamp(by_gaps < by_corner ? by_gaps : by_corner);
  }

 private:
  using Wide = long;
  static_assert(sizeof(Wide) == 8, "scores times letters need more than 32 bits");

  ANNEAL_CONSTANT_FN int clamp(Wide diagonal) const {
    return static_cast<int>(diagonal < -rows_ ? -rows_ : diagonal > columns_ ? columns_ : diagonal);
  }
  // Letters of one side that gaps can have in a path that has one.
  ANNEAL_CONSTANT_FN Wide gapped(Wide gapped_side, Wide other_side) const {
    const Wide lost = Wide{parameters_.gap_open} + score_, extend = parameters_.gap_extend;
    const Wide highest = parameters_.highest;
    Wide letters = gapped_side;
    if (extend > 0) letters = least(letters, (highest * other_side - lost) / extend);
    if (extend + highest > 0) letters = least(letters, (highest * gapped_side - lost) / (extend + highest));
    return letters > 0 ? letters : 0;
  }
  // How far a path can be beyond the diagonal of a corner.
  ANNEAL_CONSTANT_FN Wide beyond(bool begin_free, Wide to_corner, Wide from_corner) const {
    Wide start = Wide{parameters_.highest} * (rows_ < columns_ ? rows_ : columns_), loss = parameters_.highest;
    if (!begin_free) pay(start, loss, to_corner);
    pay(start, loss, from_corner);
    if (score_ > start) return 0;
    return loss == 0 ? Wide{0x7fffffff} : (start - score_) / loss;
  }
  ANNEAL_CONSTANT_FN void pay(ANNEAL_THREAD Wide& start, ANNEAL_THREAD Wide& loss, Wide letters) const {
    start -= parameters_.gap_open + letters * parameters_.gap_extend;
    loss += parameters_.gap_extend;
  }
  ANNEAL_CONSTANT_FN static Wide least(Wide a, Wide b) { return a < b ? a : b; }

  ANNEAL_THREAD const PathParameters& parameters_;
  int rows_;
  int columns_;
  int score_;
};

ANNEAL_CONSTANT_FN PathRectangle path_rectangle(ANNEAL_THREAD const PathParameters& parameters, int query_end,
                                                int target_end, int score, int band_centre) {
  const PathDiagonals needed(parameters, query_end, target_end, score);
  PathRectangle rectangle;
  rectangle.rows = query_end;
  rectangle.columns = target_end;
  rectangle.lowest = needed.lowest();
  rectangle.highest = needed.highest();
  if (parameters.band >= 0) {
    // Band::contains() in 64 bits; what is beyond the matrix on both sides does not matter.
    const long lowest = static_cast<long>(band_centre) - parameters.band;
    const long highest = static_cast<long>(band_centre) + parameters.band;
    const long least = -query_end - 1L, most = target_end + 1L;
    rectangle.band_lowest = static_cast<int>(lowest < least ? least : lowest > most ? most : lowest);
    rectangle.band_highest = static_cast<int>(highest < least ? least : highest > most ? most : highest);
    if (rectangle.lowest < rectangle.band_lowest) rectangle.lowest = rectangle.band_lowest;
    if (rectangle.highest > rectangle.band_highest) rectangle.highest = rectangle.band_highest;
  }
  if (parameters.local) {
    rectangle.first_row = needed.highest() < 0 ? -needed.highest() : 0;
    rectangle.first_column = needed.lowest() > 0 ? needed.lowest() : 0;
    const int shift = rectangle.first_row - rectangle.first_column;
    rectangle.rows -= rectangle.first_row;
    rectangle.columns -= rectangle.first_column;
    rectangle.lowest += shift;
    rectangle.highest += shift;
    rectangle.band_lowest += shift;
    rectangle.band_highest += shift;
  }
  return rectangle;
}

/// Strips of `height_` rows, filled one after the other by `lanes` lanes. `retraces_`: only the trace of the last
/// strips is kept, and later that of one strip above them at a time. `together_`: steps that a lane writes at once.
template <int height_, int lanes_, int words_, bool retraces_ = false, int together_ = 1>
class PathStrips {
 public:
  static constexpr ANNEAL_CONSTANT int height = height_;
  static constexpr ANNEAL_CONSTANT int lanes = lanes_;
  static constexpr ANNEAL_CONSTANT int words = words_;  ///< of trace, per step of a lane
  static constexpr ANNEAL_CONSTANT int together = together_;

  /// `most_kept`: strips whose trace has room, at least 1; it matters only where `retraces_`.
  ANNEAL_CONSTANT_FN PathStrips(ANNEAL_THREAD const PathRectangle& hull, int most_kept)
      : rows_(hull.rows), columns_(hull.columns), lowest_(hull.lowest), highest_(hull.highest) {
    if (retraces_ && most_kept < count()) first_kept_ = count() - most_kept;
  }

  ANNEAL_CONSTANT_FN int count() const { return columns_ == 0 ? 0 : (rows_ + height - 1) / height; }
  /// The columns of a strip, from 0.
  ANNEAL_CONSTANT_FN int begin(int strip) const {
    const int first = strip * height + lowest_;
    return first < 0 ? 0 : first > columns_ ? columns_ : first;
  }
  ANNEAL_CONSTANT_FN int end(int strip) const {
    const int last = (strip + 1) * height < rows_ ? (strip + 1) * height : rows_;
    return last + highest_ < begin(strip) ? begin(strip) : last + highest_ > columns_ ? columns_ : last + highest_;
  }
  ANNEAL_CONSTANT_FN int steps(int strip) const {
    const int columns = end(strip) - begin(strip);
    return columns == 0 ? 0 : columns + lanes - 1;
  }
  /// No strip has more.
  ANNEAL_CONSTANT_FN int most_steps() const {
    const long band = static_cast<long>(height) + highest_ - lowest_;
    return (band < columns_ ? static_cast<int>(band > 0 ? band : 0) : columns_) + lanes - 1;
  }
  ANNEAL_CONSTANT_FN int stored_steps() const { return (most_steps() + together - 1) / together * together; }
  /// Of one strip's trace.
  ANNEAL_CONSTANT_FN long strip_words() const { return static_cast<long>(lanes) * stored_steps() * words; }
  /// Of the trace that is kept at a time.
  ANNEAL_CONSTANT_FN long trace_words() const { return (count() - first_kept_) * strip_words(); }
  /// Rows of borders, as long as most_steps().
  ANNEAL_CONSTANT_FN int border_rows() const { return count() == 0 ? 0 : retraces_ ? count() : 2; }
  /// Which of them lies below a strip; strip -1 is what lies above the first one.
  ANNEAL_CONSTANT_FN int border_row(int strip) const { return retraces_ ? strip + 1 : (strip + 1) % 2; }
  /// The first column of the border below a strip.
  ANNEAL_CONSTANT_FN int border_begin(int strip) const {
    return strip >= 0 ? begin(strip) : begin(0) > 0 ? begin(0) - 1 : 0;
  }
  ANNEAL_CONSTANT_FN int border_end(int strip) const { return end(strip >= 0 ? strip : 0); }
  /// The first strip whose trace is kept when all are filled.
  ANNEAL_CONSTANT_FN int first_kept() const { return first_kept_; }
  /// Which place for a strip's trace is a strip's. Those above the first kept one share its.
  ANNEAL_CONSTANT_FN int place(int strip) const { return strip < first_kept_ ? 0 : strip - first_kept_; }
  /// Where the trace of a lane's step begins. What lanes write at once lies together: memory takes whole lines best.
  ANNEAL_CONSTANT_FN long at(int strip, int step, int lane) const {
    const long first = static_cast<long>(place(strip)) * stored_steps() + step / together * together;
    return ((first * lanes + static_cast<long>(lane) * together) + step % together) * words;
  }

 private:
  int rows_;
  int columns_;
  int lowest_;
  int highest_;
  int first_kept_ = 0;
};

}  // namespace anneal::align::recurrence

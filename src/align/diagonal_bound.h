// Which diagonals an alignment of known score can touch.
//
// Aligned letters are worth the matrix's highest score at most. An alignment that touches a diagonal x places beyond
// those that the matrix's corners lie on has x fewer of them than the shorter side has letters, and pays for the gaps
// that lead there, unless free ends do.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "align/diagonals.h"
#include "align/problem.h"
#include "anneal/align.h"

namespace anneal::align {

class DiagonalBound {
 public:
  /// For alignments of a rows x columns matrix that begin and end where `boundary` and `ends` say.
  DiagonalBound(int highest_score, const Boundary& boundary, const EndCells& ends, std::int64_t rows,
                std::int64_t columns)
      : lower_corner_(std::min<std::int64_t>(0, columns - rows)),
        upper_corner_(std::max<std::int64_t>(0, columns - rows)) {
    const std::int64_t letters = std::max(highest_score, 0) * std::min(rows, columns);
    const bool query_end_free = ends.anywhere || ends.query_end_free;
    const bool target_end_free = ends.anywhere || ends.target_end_free;
    const std::int64_t last = columns - rows;
    const bool forced =
        last > 0 ? !boundary.target_begin_free && !target_end_free : !boundary.query_begin_free && !query_end_free;
    best_ = letters + (forced ? boundary.gap(last > 0 ? last : -last) : 0);
    // Set one by one: a copy would wait for the first to reach memory.
    above_.start = below_.start = letters;
    above_.loss = below_.loss = std::max(highest_score, 0);
    if (!boundary.target_begin_free) above_.pay(boundary, upper_corner_);
    if (!query_end_free) above_.pay(boundary, upper_corner_ - last);
    if (!boundary.query_begin_free) below_.pay(boundary, -lower_corner_);
    if (!target_end_free) below_.pay(boundary, last - lower_corner_);
  }

  /// No alignment scores more.
  std::int64_t best() const { return best_; }

  /// An alignment of this score or more touches no others.
  Diagonals reaching(std::int64_t score) const {
    return {lower_corner_ - below_.distance(score), upper_corner_ + above_.distance(score)};
  }

  /// No alignment that touches others scores more.
  std::int64_t best_outside(const Diagonals& diagonals) const {
    if (diagonals.lowest > lower_corner_ || diagonals.highest < upper_corner_) return best_;
    return std::max(below_.score(lower_corner_ - diagonals.lowest + 1),
                    above_.score(diagonals.highest - upper_corner_ + 1));
  }

 private:
  /// Score that is left at a distance beyond the corners.
  struct Slope {
    std::int64_t start = 0;
    std::int64_t loss = 0;

    void pay(const Boundary& boundary, std::int64_t letters_to_corner) {
      start -= boundary.gap_open + letters_to_corner * boundary.gap_extend;
      loss += boundary.gap_extend;
    }
    std::int64_t score(std::int64_t distance) const { return start - loss * distance; }
    std::int64_t distance(std::int64_t least) const {
      constexpr std::int64_t unlimited = std::numeric_limits<std::int32_t>::max();
      if (least > start) return 0;
      return loss == 0 ? unlimited : (start - least) / loss;
    }
  };

  std::int64_t lower_corner_;
  std::int64_t upper_corner_;
  std::int64_t best_;
  Slope above_;
  Slope below_;
};

/// The diagonals that a path to the last cell of a rows x columns rectangle can touch if it scores `score` and has a
/// gap. With n letters of one side in gaps, as many fewer of it are aligned.
inline Diagonals diagonals_to_last_cell(int highest_score, const Boundary& boundary, std::int64_t rows,
                                        std::int64_t columns, std::int64_t score) {
  const std::int64_t highest = std::max(highest_score, 0), extend = boundary.gap_extend;
  const auto most = [&](std::int64_t gapped_side, std::int64_t other_side) {
    const std::int64_t lost = boundary.gap_open + score;
    std::int64_t letters = gapped_side;
    if (extend > 0) letters = std::min(letters, (highest * other_side - lost) / extend);
    if (extend + highest > 0) letters = std::min(letters, (highest * gapped_side - lost) / (extend + highest));
    return std::max<std::int64_t>(letters, 0);
  };
  const std::int64_t last = columns - rows;
  const Diagonals by_corner = DiagonalBound(highest_score, boundary, {}, rows, columns).reaching(score);
  return {std::max(last - most(columns, rows), by_corner.lowest),
          std::min(last + most(rows, columns), by_corner.highest)};
}

}  // namespace anneal::align

// How long an engine takes for pairs of one kind: what was measured, and what follows from it.
#pragma once

#include <vector>

namespace anneal::align {

struct CostPoint {
  double pairs = 1;
  double seconds = 0;

  friend bool operator==(const CostPoint&, const CostPoint&) = default;
};

/// seconds = overhead + (what was measured for as many pairs - overhead) * factor of the cells per pair. Between the
/// points it goes straight, and beyond the last as between the last ones: small batches do not fill a processor, so
/// that one rate would not do. The factor is 1 for pairs of the reference length, and goes straight from there to what
/// was measured for shorter and longer ones, and beyond.
struct CostCurve {
  /// Cells of a pair that were measured too, as multiples of those of the reference length.
  static constexpr double shorter = 0.25, longer = 4;

  std::vector<CostPoint> points;    ///< for pairs of the reference length, by number of pairs; the first of 1
  double overhead = 0;              ///< seconds of a call that no pair adds to
  double shorter_factor = shorter;  ///< from `shorter`, where only cells take time, to 1, where only pairs do
  double longer_factor = longer;    ///< from 1 to `longer`

  /// `relative_cells`: of a pair, as a multiple of those of a pair of the reference length.
  double seconds(double pairs, double relative_cells) const;
  /// Of each further pair of the reference length, in large batches.
  double seconds_per_pair() const;

  /// Whether it can be used: two points or more, in order, all numbers finite, positive and in their range.
  bool is_valid() const;

  friend bool operator==(const CostCurve&, const CostCurve&) = default;
};

/// Seconds for pairs that are not of the reference length.
struct OtherLengths {
  double pairs = 1;         ///< what `many` stands for: of one of the curve's points
  double one_longer = 0;    ///< one pair of CostCurve::longer cells
  double many_longer = 0;   ///< many pairs of as many
  double many_shorter = 0;  ///< many pairs of CostCurve::shorter cells
};

/// Where more pairs took less time than fewer, they count as taking as long.
std::vector<CostPoint> rising(std::vector<CostPoint> points);

/// The curve through `points`, made to rise.
CostCurve fit_curve(std::vector<CostPoint> points, const OtherLengths& others);

}  // namespace anneal::align

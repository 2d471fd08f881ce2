// Ends of pairs that do not share a vector with others: in strips, or along antidiagonals.
#pragma once

#include <cstddef>

#include "align/cpu/end_results.h"
#include "align/cpu/local_strips.h"

namespace anneal::align::cpu {

/// Used by several threads at once.
class LoneEnds {
 public:
  /// `track`: what to find of an end.
  LoneEnds(const Stage& stage, EndResults& results, Track track);

  /// Returns 1 where the pair is done, with its path if strips found that, and 0 where it is computed again.
  std::size_t solve(const Item& item, Scratch& scratch) const;

  /// Whether pairs are computed in strips, if they fit the memory.
  bool in_strips() const { return ends_in_corner_ || local_; }
  /// Least width of the scores of a strip.
  Width strip_width() const { return local_ ? width16 : width8; }
  /// Whether most of a strip of wider scores is computed in 8 bits.
  bool strips_in_8_bits() const { return local_ && LocalStrips::mostly_in_8_bits(run_.options()); }

 private:
  std::size_t solve_by_differences(const Item& item, const Part& part, const Problem& problem, Scratch& scratch) const;
  std::size_t solve_local(const Item& item, Problem problem, Scratch& scratch) const;
  std::size_t solve_along_diagonals(const Item& item, const Part& part, const Problem& problem, Scratch& scratch) const;
  Width local_width(const Item& item) const;
  bool fits_local_strips(const Item& item) const;

  const Stage& stage_;
  Run& run_;
  EndResults& results_;
  Track track_;
  bool local_;
  bool ends_in_corner_;  // and differences of scores fit a byte
};

}  // namespace anneal::align::cpu

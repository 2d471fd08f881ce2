// The aligners of a mapper: one for each kind of problem.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "anneal/align.h"
#include "anneal/map.h"

namespace anneal::map {

/// What decides how far alignments go, from minimap2's parameters.
struct AlignLimits {
  MapScoring scoring;
  int band = 0;       ///< of extensions
  int long_band = 0;  ///< where alignments between anchors are tested for z-drop
  int zdrop = 0;
  int zdrop_inversion = 0;  ///< where an inversion is likely
  int end_bonus = 0;
  std::int64_t most_cells = 0;  ///< between anchors; larger gaps end the alignment
  bool finds_inversions = false;
  std::int32_t min_inversion_score = 0;
  std::int32_t longest_inversion = 0;
  std::size_t min_anchors = 0;  ///< of what is left of a chain where the alignment ends
};

struct Aligners {
  Aligners(const AlignLimits& limits, const AlignerSettings& settings);

  Aligner left;   ///< extensions of reversed sequences
  Aligner right;  ///< extensions
  Aligner fill;   ///< from corner to corner
  Aligner drop;   ///< from corner to corner, or as far as it does not drop
  /// The same where an inversion is likely.
  Aligner left_of_inversion, drop_at_inversion;
  Aligner inversion;  ///< the best local alignment
};

/// Pairs for one of them.
class Problems {
 public:
  /// The letters must outlive the call of run(). Returns its number.
  std::size_t add(std::string_view query, std::string_view target) {
    queries_.push_back(query);
    targets_.push_back(target);
    return queries_.size() - 1;
  }

  /// Aligns what was added.
  void run(const Aligner& aligner, const RunControl& control);
  /// Forgets it.
  void clear();

  const AlignResults& results() const { return results_; }

 private:
  std::vector<std::string_view> queries_, targets_;
  AlignResults results_;
};

}  // namespace anneal::map

// The aligners of a mapper: one for each kind of problem.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
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
  std::int32_t min_mate_score = 0;  ///< of a mate that is searched where the other one says that it is
  std::size_t min_anchors = 0;      ///< of what is left of a chain where the alignment ends
};

/// Bands of the fills, from the narrowest on; -1: none.
inline constexpr std::array<int, 5> fill_bands = {3, 12, 24, 60, -1};

/// What failed first where a device did, of all the aligners of a mapper. Safe to use by several threads at once.
class FirstWarning {
 public:
  void note(const std::string& warning);
  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

/// An aligner that notes what failed.
class NotingAligner {
 public:
  NotingAligner(AlignOptions options, const AlignerSettings& settings, FirstWarning& warning)
      : aligner_(std::move(options), settings), warning_(&warning) {}

  void align(const PairBatch& pairs, AlignResults& results, const RunControl& control) const;
  const std::string& engine() const { return aligner_.engine(); }

 private:
  Aligner aligner_;
  FirstWarning* warning_;
};

struct Aligners {
  Aligners(const AlignLimits& limits, const AlignerSettings& settings);

  FirstWarning warning;

  NotingAligner left;               ///< extensions of reversed sequences
  NotingAligner right;              ///< extensions
  std::vector<NotingAligner> fill;  ///< from corner to corner, one for each of fill_bands
  NotingAligner drop;               ///< from corner to corner, or as far as it does not drop
  /// The same where an inversion is likely.
  NotingAligner left_of_inversion, drop_at_inversion;
  NotingAligner inversion;   ///< the best local alignment
  NotingAligner mate;        ///< the same, but only its score and its end
  NotingAligner mate_twice;  ///< the same, and the best score elsewhere
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

  /// The same of pairs whose band lies in the middle between the diagonals of both corners.
  std::size_t add_centred(std::string_view query, std::string_view target) {
    centres_.push_back(static_cast<std::int32_t>(
        (static_cast<std::int64_t>(target.size()) - static_cast<std::int64_t>(query.size())) / 2));
    return add(query, target);
  }

  /// Aligns what was added, either all centred or none.
  void run(const NotingAligner& aligner, const RunControl& control);

  const AlignResults& results() const { return results_; }

 private:
  std::vector<std::string_view> queries_, targets_;
  std::vector<std::int32_t> centres_;
  AlignResults results_;
};

}  // namespace anneal::map

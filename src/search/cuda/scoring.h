// A matrix and gap costs as kernels want them.
#pragma once

#include <cstdint>

#include "anneal/scoring.h"
#include "search/cuda/score_job.h"

namespace anneal::search::cuda {

/// A gap of n letters costs gap_open + n * gap_extend.
struct SearchScoring {
  SubstitutionMatrix matrix;
  int gap_open = 11;   ///< 0..32767
  int gap_extend = 1;  ///< 0..32767

  /// What scores of letter pairs are raised by: see StripRows.
  int raise() const { return gap_open + gap_extend; }
  /// Whether Halves can hold what the penalties and one pair of letters lead to.
  bool fits_halves() const;
  /// Whether raised scores are bytes below 128, as ByteProfile wants them.
  bool fits_bytes() const;

  /// Whether ByteProfile's Bytes can hold them, up to a score of about 220.
  bool fits_dusty_bytes() const;

  /// The most letters of a target that a local alignment of the query, given as codes, can span if it scores above 0;
  /// INT64_MAX where gaps cost nothing. Its letter pairs score at most as much as each query letter's best one, and
  /// gaps in the query must cost less than that.
  std::int64_t longest_span(std::string_view query) const;

  /// A job's constants.
  template <class Form>
  void set(ScoreJob& job) const {
    job.raise = raise();
    job.highest_exact = Form::highest_exact(matrix.highest());
    job.penalties = align::recurrence::penalties_of<Form>(gap_open, gap_extend, 0);
  }
};

}  // namespace anneal::search::cuda

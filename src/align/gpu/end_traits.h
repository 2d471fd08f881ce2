// What kernels that find ends can do: what engines choose by.
#pragma once

#include <algorithm>
#include <cstdint>

#include "align/gpu/end_shape.h"
#include "align/recurrence/end_job.h"

namespace anneal::align::gpu {

/// What decides whether a form can hold a batch's scores.
struct ScoreRange {
  int gap_open = 0;
  int gap_extend = 0;
  int offset = 0;          ///< see EndScoring
  int highest_pair = 0;    ///< the matrix's highest score
  std::int64_t bound = 0;  ///< score_bound() of the longest query and target together
};

struct EndTraits {
  EndShape shape;
  ScoreKind scores;
  int table_words;  ///< of EndBatch::table

  /// Local: whether the penalties fit, so that every score up to highest_exact() is exact and higher ones are noticed.
  /// Others: whether all scores fit.
  bool (*fits)(const ScoreRange& range);
  int (*highest_exact)(int highest_pair);
  recurrence::Penalties (*penalties)(int gap_open, int gap_extend, int offset);

  int groups_per_block() const { return shape.threads / shape.lanes; }
  /// Blocks that give every job of a batch a group of its own.
  std::int64_t blocks_for(std::int64_t pairs) const {
    const std::int64_t pairs_per_block = std::int64_t{shape.form.parts} * groups_per_block();
    return (pairs + pairs_per_block - 1) / pairs_per_block;
  }
  bool keeps_checkpoints() const { return shape.keeps_checkpoints(); }
  /// EndBatch::borders_per_group for queries and targets of at most these lengths.
  std::int64_t borders_per_group(std::int64_t query_length, std::int64_t target_length) const {
    if (shape.one_strip && !shape.keeps_checkpoints()) return 0;
    const std::int64_t strips = (query_length + shape.height() - 1) / shape.height();
    const std::int64_t rows_per_strip = shape.keeps_checkpoints() ? shape.lanes / shape.checkpoint_lanes : 1;
    const bool keeps_all_rows = shape.keeps_checkpoints() || (shape.form.local && shape.form.unit == 1);
    return (target_length + 3) / 4 * 4 * (keeps_all_rows ? std::max<std::int64_t>(strips * rows_per_strip - 1, 0) : 2);
  }
};

/// That of a program.
template <class Program>
EndTraits end_traits_of(const EndShape& shape, ScoreKind scores) {
  using Form = typename Program::Form;
  return {
      .shape = shape,
      .scores = scores,
      .table_words = Program::Scores::table_words,
      .fits =
          [](const ScoreRange& range) {
            if (range.highest_pair + range.offset > Program::Scores::highest_raised) return false;
            return Form::local ? recurrence::fits_local<Form>(range.gap_open, range.gap_extend, range.offset)
                               : recurrence::fits_global<Form>(range.bound, range.gap_open, range.gap_extend,
                                                               range.offset, range.highest_pair);
          },
      .highest_exact = [](int highest_pair) { return Form::highest_exact(highest_pair); },
      .penalties = recurrence::penalties_of<Form>,
  };
}

/// A kernel that may find ends by given options. `Kernel`: EndTraits and a launch.
template <class Kernel>
struct EndChoice {
  const Kernel* kernel = nullptr;
  ScoreRange range;                      ///< with the bound of no pair
  recurrence::EndParameters parameters;  ///< highest_exact: no local score above is exact
  const recurrence::Word* table = nullptr;

  bool by_letters() const { return kernel->scores == ScoreKind::letters; }
  /// Whether it takes sequences of these lengths and, where it is not local, scores of at most that magnitude.
  bool takes(int query_length, int target_length, std::int64_t bound) const {
    if (!kernel->shape.takes_query(query_length) || target_length > kernel->shape.longest_target) return false;
    if (kernel->shape.form.local) return true;
    ScoreRange with_bound = range;
    with_bound.bound = bound;
    return kernel->fits(with_bound);
  }
};

}  // namespace anneal::align::gpu

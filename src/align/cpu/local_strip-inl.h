// The kernel for strips of local alignments; strip-inl.h says how strips work. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_STRIP_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <type_traits>

#include "align/cpu/local_segment-inl.h"
#include "align/cpu/local_segment8-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Computes a strip segment by segment, in 8 bits where T has 16 and the scores of a segment fit.
template <typename T, StripPurpose purpose, class Scores>
void fill_segments(const LocalStripJob& job, const Scores& scores, const Scores* drifted, LocalProgress<T> progress) {
  while (!progress.done()) {
    const std::int64_t steps = progress.steps();
    if constexpr (sizeof(T) == 2 && purpose != StripPurpose::find) {
      if (drifted != nullptr) {
        const NarrowChoice choice = choose_frame(job, progress.state(), progress.above(), steps, progress.immaterial());
        if (choice.steps > 0) {
          if (choice.frame.has_floor && choice.frame.base > 0) progress.note_raised();
          fill_narrow_segments<purpose>(job, *drifted, choice, progress);
          continue;
        }
      }
    }
    const bool tile_complete = progress.advance(fill_segment<T, purpose>(job, scores, progress.segment(steps)));
    progress.kept_state();
    progress.begin_next(tile_complete, purpose == StripPurpose::scores ? reached_by(progress.state()) : 0);
  }
  progress.finish();
}

/// Writes the state before a strip.
template <typename T>
void begin_strip(const LocalStripJob& job, T* state) {
  const hn::ScalableTag<T> d;
  const auto no_gap = hn::Set(d, static_cast<T>(-job.gap_open - job.gap_extend));
  const std::int64_t height = strip_rows<T>();
  for (std::int64_t lane = 0; lane < height; lane += static_cast<std::int64_t>(hn::Lanes(d))) {
    hn::StoreU(hn::Zero(d), d, state + lane);
    hn::StoreU(no_gap, d, state + height + lane);
    hn::StoreU(no_gap, d, state + 2 * height + lane);
    hn::StoreU(hn::Zero(d), d, state + 3 * height + lane);
  }
}

template <typename T, class Scores>
void fill_local_strip_with(const LocalStripJob& job, const Scores& scores, const Scores* drifted) {
  const hn::ScalableTag<T> d;
  const std::size_t masks = static_cast<std::size_t>(strip_rows<T>()) / hn::Lanes(d) * mask_bytes(hn::Lanes(d));
  if (job.states != nullptr) {
    T* state = static_cast<T*>(job.states);
    begin_strip(job, state);
    return fill_segments<T, StripPurpose::scores>(job, scores, drifted, LocalProgress<T>(job, state, nullptr, 0));
  }
  HWY_ALIGN T state[local_state_scores * 2 * HWY_MAX_BYTES];
  std::copy_n(static_cast<const T*>(job.from), local_state_scores * strip_rows<T>(), state);
  if (job.trace != nullptr) {
    fill_segments<T, StripPurpose::trace>(job, scores, drifted,
                                          LocalProgress<T>(job, state, job.trace, trace_masks * masks));
  } else {
    fill_segments<T, StripPurpose::find>(job, scores, drifted, LocalProgress<T>(job, state, job.found, masks));
  }
}

template <typename T, class Scores, class Table>
void fill_local_strip_by(const LocalStripJob& job, const Table* table, const Table* drifted_table) {
  const Scores scores{*table}, drifted{drifted_table == nullptr ? *table : *drifted_table};
  const bool narrow = drifted_table != nullptr && !job.exact_band;
  fill_local_strip_with<T>(job, scores, narrow ? &drifted : nullptr);
}

template <typename T>
void fill_local_strip(const LocalStripJob& job) {
  if (job.pair_scores != nullptr) {
    fill_local_strip_by<T, PairNumberScores>(job, job.pair_scores, job.drifted_pair_scores);
  } else if (job.scores->is_match_form()) {
    fill_local_strip_by<T, PreparedMatchScores>(job, job.scores, job.drifted_scores);
  } else {
    fill_local_strip_by<T, MatrixScores>(job, job.scores, job.drifted_scores);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard

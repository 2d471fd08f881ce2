// How far a strip of local alignments has been computed. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LOCAL_PROGRESS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LOCAL_PROGRESS_INL_H_
#undef ANNEAL_ALIGN_CPU_LOCAL_PROGRESS_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LOCAL_PROGRESS_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>

#include "align/cpu/local_segment-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Steps from segment to segment, and keeps what the job wants of each tile. Segments do not cross tiles.
template <typename T>
class LocalProgress {
 public:
  LocalProgress(const LocalStripJob& job, T* state, std::uint8_t* masks, std::size_t step_masks)
      : job_(job), height_(strip_rows<T>()), above_(static_cast<const T*>(job.above)),
        below_(static_cast<T*>(job.below)), tile_best_(job.tile_best), next_(job.first_step), step_masks_(step_masks) {
    segment_.from = segment_.to = state;
    segment_.masks = masks == nullptr ? no_masks_ : masks;
    segment_.below_h = segment_.below_f = unused_;
    begin_tile();
  }

  LocalProgress(const LocalProgress&) = delete;
  LocalProgress& operator=(const LocalProgress&) = delete;

  bool done() const { return ended_ || next_ > job_.last_step; }
  /// The first step that is not computed.
  std::int64_t next() const { return next_; }
  /// The state before it, if that is kept.
  const T* state() const { return segment_.from; }
  /// The highest score from which no alignment that matters goes on.
  std::int64_t immaterial() const {
    const std::int64_t rows_left = job_.rows - job_.first_row + 1;
    return job_.least - 1 - job_.highest * std::min(rows_left, job_.columns - (next_ - 1 - height_));
  }

  /// Steps that the next segment may have.
  std::int64_t steps() const {
    // Beyond last_active, the strip may end soon.
    constexpr std::int64_t between_tests = 32;
    if (below_ == nullptr) return tile_last_ - next_ + 1;
    return std::min(tile_last_, std::max(job_.last_active, next_ + between_tests - 1)) - next_ + 1;
  }
  const T* above() const { return above_ + next_; }

  const LocalSegment<T>& segment(std::int64_t steps) {
    segment_.first = next_;
    segment_.steps = steps;
    segment_.above_h = above_ + next_;
    segment_.above_f = segment_.above_h + job_.row_size;
    if (below_ != nullptr) {
      segment_.below_h = below_ + (next_ - height_);
      segment_.below_f = segment_.below_h + job_.row_size;
    }
    return segment_;
  }

  /// Goes on behind that segment, whose highest score is `best`. Returns whether a tile is complete, and then its last
  /// state is kept too.
  bool advance(T best) {
    next_ += segment_.steps;
    segment_.masks += static_cast<std::size_t>(segment_.steps) * step_masks_;
    best_ = std::max(best_, best);
    return next_ > tile_last_;
  }
  /// Call after advance(): the state after the segment is kept.
  void kept_state() { segment_.from = segment_.to; }
  /// Call after advance(), and after the state is kept where a tile is complete. `reached`: reached_by() the state.
  void begin_next(bool tile_complete, std::int64_t reached) {
    if (below_ != nullptr && next_ > job_.last_active) ended_ = reached <= immaterial();
    if (tile_best_ != nullptr && (tile_complete || ended_)) *tile_best_++ = best_;
    if (tile_complete) begin_tile();
  }

  /// Call where scores that cannot matter are raised.
  void note_raised() {
    if (job_.raised != nullptr) *job_.raised = true;
  }
  /// Call once done.
  void finish() {
    if (below_ == nullptr) return;
    *job_.last_done = next_ - 1;
    below_[next_ - height_] = state()[height_ - 1];
    below_[next_ - height_ + job_.row_size] = state()[3 * height_ - 1];
  }

 private:
  void begin_tile() {
    best_ = 0;
    tile_last_ = std::min(job_.last_step, next_ + strip_tile_steps - 1);
    if (below_ != nullptr) segment_.to += local_state_scores * height_;
  }

  const LocalStripJob& job_;
  std::int64_t height_;
  const T* above_;
  T* below_;
  std::int32_t* tile_best_;
  std::int64_t next_;
  std::size_t step_masks_;
  LocalSegment<T> segment_{};
  std::int64_t tile_last_ = 0;
  T best_ = 0;
  bool ended_ = false;
  T unused_[strip_tile_steps];
  std::uint8_t no_masks_[HWY_MAX_BYTES];  // where pointers to masks that nobody wants may point
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard

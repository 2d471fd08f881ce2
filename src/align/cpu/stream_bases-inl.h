// The bases of a stream's lanes. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_STREAM_BASES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_STREAM_BASES_INL_H_
#undef ANNEAL_ALIGN_CPU_STREAM_BASES_INL_H_
#else
#define ANNEAL_ALIGN_CPU_STREAM_BASES_INL_H_
#endif

#include <hwy/highway.h>

#include "align/cpu/held-inl.h"
#include "align/cpu/stream_job.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Raises bases where a tile begins, as stream_frame.h says.
template <typename T>
class StreamBases {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;

 public:
  explicit StreamBases(const StreamJob& job) : job_(job) {}

  /// A base is never below that of the row above: no value there is further above it than the best was.
  HWY_INLINE void begin_tile() {
    T *best = vectors(job_.best), *fall = vectors(job_.fall);
    const V limit = hn::Set(d, static_cast<T>(job_.frame.bias + job_.frame.most));
    const V high = hn::Load(d, best);
    hn::Store(hn::SaturatedSub(high, limit), d, rise_);
    raise_bases();
    // Where the row above raised it, the pair has a score that is as high as this.
    const V rise = hn::Load(d, rise_);
    const V lowered = hn::Max(hn::SaturatedSub(high, rise), hn::Sub(limit, hn::Set(d, T{1})));
    hn::Store(hn::IfThenElse(hn::Eq(rise, hn::Zero(d)), high, lowered), d, best);
    hn::Store(hn::SaturatedAdd(hn::Load(d, fall), rise), d, fall_);
    hn::Store(hn::Set(d, static_cast<T>(stream_columns * job_.frame.gap_extend)), d, fall);
  }

  /// What is taken off values left of the tile.
  HWY_INLINE V fall() const { return hn::Load(d, fall_); }
  /// And off those above it.
  HWY_INLINE V top_fall() const { return hn::Load(d, top_fall_); }

 private:
  static T* vectors(void* memory) { return static_cast<T*>(memory); }

  // `rise_` is what bases have to rise by at least, and then what they did.
  HWY_INLINE void raise_bases() {
    const hn::ScalableTag<std::int32_t> d32;
    const hn::Rebind<T, decltype(d32)> d_part;
    for (std::size_t first = 0; first < hn::Lanes(d); first += hn::Lanes(d32)) {
      const auto before = hn::Load(d32, job_.base + first), top = hn::Load(d32, job_.top_base + first);
      const auto least = hn::PromoteTo(d32, hn::Load(d_part, rise_ + first));
      const auto odd = hn::Or(hn::Add(before, least), hn::Set(d32, 1));
      const auto now = hn::Max(hn::IfThenElse(hn::Eq(least, hn::Zero(d32)), before, odd), top);
      hn::Store(hn::DemoteTo(d_part, hn::Sub(now, before)), d_part, rise_ + first);
      hn::Store(hn::DemoteTo(d_part, hn::Sub(now, top)), d_part, top_fall_ + first);
      hn::Store(now, d32, job_.base + first);
    }
  }

  const StreamJob& job_;
  HWY_ALIGN T rise_[HWY_MAX_BYTES / sizeof(T)];
  HWY_ALIGN T fall_[HWY_MAX_BYTES / sizeof(T)];
  HWY_ALIGN T top_fall_[HWY_MAX_BYTES / sizeof(T)];
};

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard

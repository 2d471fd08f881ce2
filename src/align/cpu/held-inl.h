// A vector that can be a member or an array's element. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_HELD_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_HELD_INL_H_
#undef ANNEAL_ALIGN_CPU_HELD_INL_H_
#else
#define ANNEAL_ALIGN_CPU_HELD_INL_H_
#endif

#include <hwy/highway.h>

#include "device/cpu/highway_config.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <typename T>
using VecOf = hn::Vec<hn::ScalableTag<T>>;

#if HWY_TARGET & ANNEAL_SVE_TARGETS
/// SVE's vectors have no size that the compiler knows, so memory stands in for them.
template <typename T>
class Held {
  static constexpr hn::ScalableTag<T> d{};
  using V = VecOf<T>;

 public:
  // Not defaulted: g++ compiles implicit members without the instruction set of this section.
  HWY_INLINE Held() {}  // NOLINT(modernize-use-equals-default)
  HWY_INLINE Held(V value) { hn::Store(value, d, lanes_); }
  HWY_INLINE Held(const Held& other) { hn::Store(V(other), d, lanes_); }
  HWY_INLINE Held& operator=(V value) {
    hn::Store(value, d, lanes_);
    return *this;
  }
  HWY_INLINE Held& operator=(const Held& other) { return *this = V(other); }
  HWY_INLINE operator V() const { return hn::Load(d, lanes_); }

 private:
  HWY_ALIGN T lanes_[hn::MaxLanes(d)];
};
#else
template <typename T>
using Held = VecOf<T>;
#endif

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard

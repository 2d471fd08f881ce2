// The two inter-sequence kernels as one. Included once per instruction set.
#if defined(ANNEAL_ALIGN_CPU_LANE_KERNEL_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_ALIGN_CPU_LANE_KERNEL_INL_H_
#undef ANNEAL_ALIGN_CPU_LANE_KERNEL_INL_H_
#else
#define ANNEAL_ALIGN_CPU_LANE_KERNEL_INL_H_
#endif

#include <type_traits>

#include "align/cpu/lanes-inl.h"
#include "align/cpu/local_lanes-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::align::cpu {
namespace HWY_NAMESPACE {

/// For lanes of T's size, with tiles of so many columns for local alignments.
template <typename T, std::int64_t local_columns>
void lane_kernel(const LaneJob& job) {
  if (job.boundary.local) return fill_local_lanes_of<std::make_unsigned_t<T>, local_columns>(job);
  fill_lanes_of<T>(job);
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::align::cpu
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard

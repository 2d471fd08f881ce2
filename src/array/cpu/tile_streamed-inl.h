// Kernels whose results go past the caches. A store into a cache reads the line from memory first, which is a quarter
// of what adding two arrays moves; where results are larger than caches, it is in vain. Included once per instruction
// set.
#if defined(ANNEAL_TILE_STREAMED_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_STREAMED_INL_H
#undef ANNEAL_TILE_STREAMED_INL_H
#else
#define ANNEAL_TILE_STREAMED_INL_H
#endif

#include <hwy/highway.h>

#include <cstddef>

#include "array/cpu/tile_types.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {

// The kernel's results, in short blocks so that the processor loads and stores all the time.
template <TileKernel kernel, class T>
void streamed(void* to, const void* a, const void* b, const void*, std::size_t count) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::ScalableTag<T> d;
  constexpr std::size_t block = 256 / sizeof(T);
  HWY_ALIGN T results[block];
  auto* const targets = static_cast<T*>(to);
  const auto* const left = static_cast<const T*>(a);
  const auto* const right = static_cast<const T*>(b);
  std::size_t k = 0;
  for (; k + block <= count; k += block) {
    kernel(results, left + k, right == nullptr ? nullptr : right + k, nullptr, block);
    for (std::size_t lane = 0; lane < block; lane += hn::Lanes(d)) {
      hn::Stream(hn::Load(d, results + lane), d, targets + k + lane);
    }
  }
  if (k < count) kernel(targets + k, left + k, right == nullptr ? nullptr : right + k, nullptr, count - k);
}

// Only x86 has such stores here.
template <TileKernel kernel, class T>
void add_kernel(TileKernels& table, Op op, Kind kind) {
  entry(table, op, kind) = kernel;
#if HWY_ARCH_X86
  streamed_entry(table, op, kind) = &streamed<kernel, T>;
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#endif

#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "array/cpu/tile_reductions.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>

#include "array/cpu/tile_families.h"
#undef ANNEAL_TILE_NAMESPACE
#define ANNEAL_TILE_NAMESPACE HWY_NAMESPACE
#if HWY_TARGET != HWY_SCALAR
#include "array/cpu/tile_loops-inl.h"
#include "array/cpu/tile_reductions-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR

namespace hn = hwy::HWY_NAMESPACE;

// NaN where either is.
struct VectorMinimum {
  using One = Minimum;
  template <class V>
  static HWY_INLINE V of(V a, V b) {
    return hn::IfThenElse(hn::Or(hn::Le(a, b), hn::IsNaN(a)), a, b);
  }
};
struct VectorMaximum {
  using One = Maximum;
  template <class V>
  static HWY_INLINE V of(V a, V b) {
    return hn::IfThenElse(hn::Or(hn::Ge(a, b), hn::IsNaN(a)), a, b);
  }
};

// Processors fetch nothing of a page before it is read. What is there may be no memory.
HWY_INLINE void fetch_ahead_of(const void* memory, std::size_t bytes) {
  constexpr std::size_t line = 64;
  const char* const ahead = static_cast<const char*>(memory) + 8192;
  for (std::size_t k = 0; k < bytes; k += line) __builtin_prefetch(ahead + k);
}

// Elements as one, by four vectors side by side.
template <class F, class T>
HWY_INLINE T reduce(const T* values, std::size_t count) {
  const hn::ScalableTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  const bool is_tile = count * sizeof(T) <= tile_bytes;
  const auto identity = hn::Set(d, identity_of<typename F::One, T>());
  auto r0 = identity, r1 = identity, r2 = identity, r3 = identity;
  std::size_t k = 0;
  for (; k + 4 * lanes <= count; k += 4 * lanes) {
    if (!is_tile) fetch_ahead_of(values + k, 4 * lanes * sizeof(T));
    r0 = F::of(r0, hn::LoadU(d, values + k));
    r1 = F::of(r1, hn::LoadU(d, values + k + lanes));
    r2 = F::of(r2, hn::LoadU(d, values + k + 2 * lanes));
    r3 = F::of(r3, hn::LoadU(d, values + k + 3 * lanes));
  }
  for (; k + lanes <= count; k += lanes) r0 = F::of(r0, hn::LoadU(d, values + k));
  HWY_ALIGN T parts[HWY_MAX_BYTES / sizeof(T)];
  hn::Store(F::of(F::of(r0, r1), F::of(r2, r3)), d, parts);
  for (std::size_t lane = 0; k < count; ++k, ++lane) parts[lane] = F::One::of(parts[lane], values[k]);
  for (std::size_t width = lanes / 2; width > 0; width /= 2) {
    for (std::size_t lane = 0; lane < width; ++lane) parts[lane] = F::One::of(parts[lane], parts[lane + width]);
  }
  return parts[0];
}

template <class F, class T>
void reduce_all(void* to, const void* from, std::size_t count) {
  *static_cast<T*>(to) = reduce<F>(static_cast<const T*>(from), count);
}

// By eight vectors side by side, each for up to eight vectors of elements.
constexpr std::size_t vectors_of_sum = 8;
template <bool fetches_ahead, class D, class T>
HWY_INLINE T sum_of_block(D d, const T* values, std::size_t count) {
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t step = vectors_of_sum * lanes;
  hn::Vec<D> s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
  std::size_t k = 0;
  for (; k + step <= count; k += step) {
    if constexpr (fetches_ahead) fetch_ahead_of(values + k, step * sizeof(T));
    s0 = hn::Add(s0, hn::LoadU(d, values + k));
    s1 = hn::Add(s1, hn::LoadU(d, values + k + lanes));
    s2 = hn::Add(s2, hn::LoadU(d, values + k + 2 * lanes));
    s3 = hn::Add(s3, hn::LoadU(d, values + k + 3 * lanes));
    s4 = hn::Add(s4, hn::LoadU(d, values + k + 4 * lanes));
    s5 = hn::Add(s5, hn::LoadU(d, values + k + 5 * lanes));
    s6 = hn::Add(s6, hn::LoadU(d, values + k + 6 * lanes));
    s7 = hn::Add(s7, hn::LoadU(d, values + k + 7 * lanes));
  }
  for (; k + lanes <= count; k += lanes) s0 = hn::Add(s0, hn::LoadU(d, values + k));
  const auto low = hn::Add(hn::Add(s0, s1), hn::Add(s2, s3));
  const auto high = hn::Add(hn::Add(s4, s5), hn::Add(s6, s7));
  T total = hn::GetLane(hn::SumOfLanes(d, hn::Add(low, high)));
  for (; k < count; ++k) total += values[k];
  return total;
}

// Pairwise over blocks: the error grows with the logarithm of count.
template <bool fetches_ahead, class T>
T sum_of(const T* values, std::size_t count) {
  const hn::ScalableTag<T> d;
  const std::size_t block = std::min(vectors_of_sum * vectors_of_sum * hn::Lanes(d), tile_bytes / sizeof(T));
  if (count <= block) return sum_of_block<fetches_ahead>(d, values, count);
  const std::size_t half = (count / block + 1) / 2 * block;
  return sum_of<fetches_ahead>(values, half) + sum_of<fetches_ahead>(values + half, count - half);
}
template <class T>
void sum(void* to, const void* from, std::size_t count) {
  const T* const values = static_cast<const T*>(from);
  const bool is_tile = count * sizeof(T) <= tile_bytes;
  *static_cast<T*>(to) = is_tile ? sum_of<false>(values, count) : sum_of<true>(values, count);
}

// In f64: partial products of f32 do not overflow.
void product_of_floats(void* to, const void* from, std::size_t count) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<float, decltype(d)> narrow;
  const std::size_t lanes = hn::Lanes(d);
  const float* const values = static_cast<const float*>(from);
  auto r0 = hn::Set(d, 1.0), r1 = r0, r2 = r0, r3 = r0;
  std::size_t k = 0;
  for (; k + 4 * lanes <= count; k += 4 * lanes) {
    r0 = hn::Mul(r0, hn::PromoteTo(d, hn::LoadU(narrow, values + k)));
    r1 = hn::Mul(r1, hn::PromoteTo(d, hn::LoadU(narrow, values + k + lanes)));
    r2 = hn::Mul(r2, hn::PromoteTo(d, hn::LoadU(narrow, values + k + 2 * lanes)));
    r3 = hn::Mul(r3, hn::PromoteTo(d, hn::LoadU(narrow, values + k + 3 * lanes)));
  }
  HWY_ALIGN double parts[HWY_MAX_BYTES / sizeof(double)];
  hn::Store(hn::Mul(hn::Mul(r0, r1), hn::Mul(r2, r3)), d, parts);
  double product = 1;
  for (; k < count; ++k) product *= values[k];
  for (std::size_t lane = 0; lane < lanes; ++lane) product *= parts[lane];
  *static_cast<float*>(to) = static_cast<float>(product);
}

void add_reductions(TileKernels& table) {
  add_integer_and_logic_reductions(table);
  entry(table, Reduction::product, Kind::f32) = &product_of_floats;
  for_each_float([&table]<class T>(Kind kind, T) {
    entry(table, Reduction::sum, kind) = &sum<T>;
    entry(table, Reduction::minimum, kind) = &reduce_all<VectorMinimum, T>;
    entry(table, Reduction::maximum, kind) = &reduce_all<VectorMaximum, T>;
    find_entry(table, Reduction::first_minimum, kind) = &find_loop<T, reduce_all<VectorMinimum, T>>;
    find_entry(table, Reduction::first_maximum, kind) = &find_loop<T, reduce_all<VectorMaximum, T>>;
  });
}

#endif

AddTileKernels reductions() {
#if HWY_TARGET == HWY_SCALAR
  return nullptr;
#else
  return &add_reductions;
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::array::cpu {

HWY_EXPORT(reductions);

AddTileKernels tile_reductions_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(reductions), target)();
}

}  // namespace anneal::array::cpu
#endif

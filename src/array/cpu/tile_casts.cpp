#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "array/cpu/tile_casts.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "array/cpu/tile_families.h"
#undef ANNEAL_TILE_NAMESPACE
#define ANNEAL_TILE_NAMESPACE HWY_NAMESPACE
#if HWY_TARGET != HWY_SCALAR
#include "array/cpu/tile_casts-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR

#if HWY_TARGET != HWY_SSE4

namespace hn = hwy::HWY_NAMESPACE;

// SSE4 has no conversions, and Highway's there do not round to nearest.
void f16_to_floats(void* to, const void* from, std::size_t count) {
  const hn::ScalableTag<float> d;
  const hn::Rebind<hwy::float16_t, decltype(d)> half;
  const hn::Rebind<std::uint16_t, decltype(d)> bits;
  float* const results = static_cast<float*>(to);
  const std::uint16_t* const values = static_cast<const std::uint16_t*>(from);
  std::size_t k = 0;
  for (; k + hn::Lanes(d) <= count; k += hn::Lanes(d)) {
    hn::StoreU(hn::PromoteTo(d, hn::BitCast(half, hn::LoadU(bits, values + k))), d, results + k);
  }
  cast_loop<Half, float>(results + k, values + k, count - k);
}

void floats_to_f16(void* to, const void* from, std::size_t count) {
  const hn::ScalableTag<float> d;
  const hn::Rebind<hwy::float16_t, decltype(d)> half;
  const hn::Rebind<std::uint16_t, decltype(d)> bits;
  std::uint16_t* const results = static_cast<std::uint16_t*>(to);
  const float* const values = static_cast<const float*>(from);
  std::size_t k = 0;
  for (; k + hn::Lanes(d) <= count; k += hn::Lanes(d)) {
    hn::StoreU(hn::BitCast(bits, hn::DemoteTo(half, hn::LoadU(d, values + k))), bits, results + k);
  }
  cast_loop<float, Half>(results + k, values + k, count - k);
}

#endif

// Those that are used much: from and to f32 and f64. The others are as good in plain C++.
void add_casts(TileKernels& table) {
  for_each_dtype([&table]<class T>(DType dtype, T) {
    entry(table, dtype, DType::f32) = &cast_loop<T, float>;
    entry(table, dtype, DType::f64) = &cast_loop<T, double>;
    entry(table, DType::f32, dtype) = &cast_loop<float, T>;
    entry(table, DType::f64, dtype) = &cast_loop<double, T>;
  });
#if HWY_TARGET != HWY_SSE4
  entry(table, DType::f16, DType::f32) = &f16_to_floats;
  entry(table, DType::f32, DType::f16) = &floats_to_f16;
#endif
}

#endif

AddTileKernels casts() {
#if HWY_TARGET == HWY_SCALAR
  return nullptr;
#else
  return &add_casts;
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::array::cpu {

HWY_EXPORT(casts);

AddTileKernels tile_casts_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(casts), target)();
}

}  // namespace anneal::array::cpu
#endif

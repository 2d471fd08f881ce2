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

// Those that are used much: from and to f32 and f64. The others are as good in plain C++.
void add_casts(TileKernels& table) {
  for_each_dtype([&table]<class T>(DType dtype, T) {
    entry(table, dtype, DType::f32) = &cast_loop<T, float>;
    entry(table, dtype, DType::f64) = &cast_loop<T, double>;
    entry(table, DType::f32, dtype) = &cast_loop<float, T>;
    entry(table, DType::f64, dtype) = &cast_loop<double, T>;
  });
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

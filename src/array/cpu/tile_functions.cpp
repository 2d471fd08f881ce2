#include "device/cpu/highway_config.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "array/cpu/tile_functions.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <cstring>

#include "array/cpu/tile_families.h"
#include "array/cpu/tile_types.h"
#if HWY_TARGET != HWY_SCALAR
#include "array/cpu/tile_circular-inl.h"
#include "array/cpu/tile_functions-inl.h"
#include "array/cpu/tile_functions_f64-inl.h"
#endif

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace HWY_NAMESPACE {
#if HWY_TARGET != HWY_SCALAR

// Highway's own, in the form of ours.
#define ANNEAL_TILE_FUNCTION(name, function)            \
  struct name {                                         \
    template <class D, class V>                         \
    static HWY_INLINE V of([[maybe_unused]] D d, V x) { \
      return function;                                  \
    }                                                   \
  }
ANNEAL_TILE_FUNCTION(SquareRoot, hn::Sqrt(x));
ANNEAL_TILE_FUNCTION(ReciprocalSquareRoot, hn::Div(hn::Set(d, 1), hn::Sqrt(x)));
ANNEAL_TILE_FUNCTION(Floor, hn::Floor(x));
ANNEAL_TILE_FUNCTION(Ceil, hn::Ceil(x));
ANNEAL_TILE_FUNCTION(Round, hn::Round(x));
#undef ANNEAL_TILE_FUNCTION

template <class F, class T>
void map(void* to, const void* from, const void*, const void*, std::size_t count) {
  const hn::ScalableTag<T> d;
  const std::size_t lanes = hn::Lanes(d);
  T* const results = static_cast<T*>(to);
  const T* const values = static_cast<const T*>(from);
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) hn::StoreU(F::of(d, hn::LoadU(d, values + k)), d, results + k);
  if (k == count) return;
  HWY_ALIGN T rest[HWY_MAX_BYTES / sizeof(T)] = {};
  std::memcpy(rest, values + k, (count - k) * sizeof(T));
  hn::Store(F::of(d, hn::Load(d, rest)), d, rest);
  std::memcpy(results + k, rest, (count - k) * sizeof(T));
}

template <class T>
void add_exact(TileKernels& table, Kind kind) {
  entry(table, Op::square_root, kind) = &map<SquareRoot, T>;
  entry(table, Op::reciprocal_square_root, kind) = &map<ReciprocalSquareRoot, T>;
  entry(table, Op::floor, kind) = &map<Floor, T>;
  entry(table, Op::ceil, kind) = &map<Ceil, T>;
  entry(table, Op::round, kind) = &map<Round, T>;
}

void add_functions(TileKernels& table) {
  add_exact<float>(table, Kind::f32);
  add_exact<double>(table, Kind::f64);
  constexpr Kind kind = Kind::f32;
  entry(table, Op::exponential, kind) = &map<Exponential, float>;
  entry(table, Op::logarithm, kind) = &map<Logarithm, float>;
  entry(table, Op::log1p, kind) = &map<Log1p, float>;
  entry(table, Op::sine, kind) = &map<Sine, float>;
  entry(table, Op::cosine, kind) = &map<Cosine, float>;
  entry(table, Op::tangent, kind) = &map<Tangent, float>;
  entry(table, Op::hyperbolic_tangent, kind) = &map<HyperbolicTangent, float>;
  entry(table, Op::error_function, kind) = &map<ErrorFunction, float>;
  entry(table, Op::sigmoid, kind) = &map<Sigmoid, float>;
  entry(table, Op::gelu, kind) = &map<Gelu, float>;
  entry(table, Op::silu, kind) = &map<Silu, float>;
  entry(table, Op::exponential, Kind::f64) = &map<f64::Exponential, double>;
  entry(table, Op::logarithm, Kind::f64) = &map<f64::Logarithm, double>;
  entry(table, Op::hyperbolic_tangent, Kind::f64) = &map<f64::HyperbolicTangent, double>;
  entry(table, Op::sigmoid, Kind::f64) = &map<f64::Sigmoid, double>;
  entry(table, Op::silu, Kind::f64) = &map<f64::Silu, double>;
}

#endif

AddTileKernels functions() {
#if HWY_TARGET == HWY_SCALAR
  return nullptr;
#else
  return &add_functions;
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "device/cpu/kernel_library.h"

namespace anneal::array::cpu {

HWY_EXPORT(functions);

AddTileKernels tile_functions_for(std::int64_t target) {
  return device::cpu::function_for(HWY_DISPATCH_TABLE(functions), target)();
}

}  // namespace anneal::array::cpu
#endif

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
#include "array/cpu/tile_streamed-inl.h"
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
  add_kernel<&map<SquareRoot, T>, T>(table, Op::square_root, kind);
  add_kernel<&map<ReciprocalSquareRoot, T>, T>(table, Op::reciprocal_square_root, kind);
  add_kernel<&map<Floor, T>, T>(table, Op::floor, kind);
  add_kernel<&map<Ceil, T>, T>(table, Op::ceil, kind);
  add_kernel<&map<Round, T>, T>(table, Op::round, kind);
}

void add_functions(TileKernels& table) {
  add_exact<float>(table, Kind::f32);
  add_exact<double>(table, Kind::f64);
  constexpr Kind kind = Kind::f32;
  add_kernel<&map<Exponential, float>, float>(table, Op::exponential, kind);
  add_kernel<&map<Logarithm, float>, float>(table, Op::logarithm, kind);
  add_kernel<&map<Log1p, float>, float>(table, Op::log1p, kind);
  add_kernel<&map<Sine, float>, float>(table, Op::sine, kind);
  add_kernel<&map<Cosine, float>, float>(table, Op::cosine, kind);
  add_kernel<&map<Tangent, float>, float>(table, Op::tangent, kind);
  add_kernel<&map<HyperbolicTangent, float>, float>(table, Op::hyperbolic_tangent, kind);
  add_kernel<&map<ErrorFunction, float>, float>(table, Op::error_function, kind);
  add_kernel<&map<Sigmoid, float>, float>(table, Op::sigmoid, kind);
  add_kernel<&map<Gelu, float>, float>(table, Op::gelu, kind);
  add_kernel<&map<Silu, float>, float>(table, Op::silu, kind);
  add_kernel<&map<f64::Exponential, double>, double>(table, Op::exponential, Kind::f64);
  add_kernel<&map<f64::Logarithm, double>, double>(table, Op::logarithm, Kind::f64);
  add_kernel<&map<f64::Log1p, double>, double>(table, Op::log1p, Kind::f64);
  add_kernel<&map<f64::HyperbolicTangent, double>, double>(table, Op::hyperbolic_tangent, Kind::f64);
  add_kernel<&map<f64::Sigmoid, double>, double>(table, Op::sigmoid, Kind::f64);
  add_kernel<&map<f64::Silu, double>, double>(table, Op::silu, Kind::f64);
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

// Casts that the compiler vectorises. Define ANNEAL_TILE_NAMESPACE and include once for each instruction set.
#if defined(ANNEAL_TILE_CASTS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_CASTS_INL_H
#undef ANNEAL_TILE_CASTS_INL_H
#else
#define ANNEAL_TILE_CASTS_INL_H
#endif

#include "array/cpu/tile_half.h"
#include "array/cpu/tile_saturated.h"
#include "array/cpu/tile_types.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace ANNEAL_TILE_NAMESPACE {

// How elements are stored, and as what they are read and written.
template <class T>
struct Stored {
  using Memory = T;
  static HWY_INLINE T load(T value) { return value; }
  template <class From>
  static HWY_INLINE T store(From value) {
    if constexpr (std::is_integral_v<T> && std::is_floating_point_v<From>) {
      return saturated<T>(value);
    } else {
      return static_cast<T>(value);
    }
  }
};
struct Boolean {};
template <>
struct Stored<Boolean> {
  using Memory = std::uint8_t;
  static HWY_INLINE std::uint8_t load(std::uint8_t value) { return value; }
  template <class From>
  static HWY_INLINE std::uint8_t store(From value) {
    return value != From(0);
  }
};

// What is rounded once more: exact, or to odd.
template <class From>
HWY_INLINE float before_rounding(From value) {
  if constexpr (std::is_same_v<From, double> || std::is_same_v<From, std::int64_t>) {
    return round_to_odd(value);
  } else if constexpr (std::is_same_v<From, std::int32_t>) {
    return round_to_odd(static_cast<double>(value));
  } else {
    return static_cast<float>(value);
  }
}

struct Half {};
template <>
struct Stored<Half> {
  using Memory = std::uint16_t;
  static HWY_INLINE float load(std::uint16_t value) { return f16_to_f32(value); }
  template <class From>
  static HWY_INLINE std::uint16_t store(From value) {
    return f32_to_f16(before_rounding(value));
  }
};
struct BrainHalf {};
template <>
struct Stored<BrainHalf> {
  using Memory = std::uint16_t;
  static HWY_INLINE float load(std::uint16_t value) { return bf16_to_f32(value); }
  template <class From>
  static HWY_INLINE std::uint16_t store(From value) {
    return f32_to_bf16(before_rounding(value));
  }
};

template <class From, class To>
void cast_loop(void* to, const void* from, std::size_t count) {
  using Read = typename Stored<From>::Memory;
  using Written = typename Stored<To>::Memory;
  Written* const results = static_cast<Written*>(to);
  const Read* const values = static_cast<const Read*>(from);
  ANNEAL_INDEPENDENT
  for (std::size_t k = 0; k < count; ++k) {
    if constexpr (std::is_same_v<From, To>) {
      results[k] = values[k];
    } else {
      results[k] = Stored<To>::store(Stored<From>::load(values[k]));
    }
  }
}

template <class Visit>
void for_each_dtype(const Visit& visit) {
  visit(DType::boolean, Boolean());
  visit(DType::u8, std::uint8_t());
  visit(DType::i8, std::int8_t());
  visit(DType::i32, std::int32_t());
  visit(DType::i64, std::int64_t());
  visit(DType::f16, Half());
  visit(DType::bf16, BrainHalf());
  visit(DType::f32, float());
  visit(DType::f64, double());
}

}  // namespace ANNEAL_TILE_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#endif

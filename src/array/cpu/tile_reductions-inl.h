// Reductions and finds that the compiler vectorises. Define ANNEAL_TILE_NAMESPACE and include once for each instruction
// set, after tile_loops-inl.h.
#if defined(ANNEAL_TILE_REDUCTIONS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef ANNEAL_TILE_REDUCTIONS_INL_H
#undef ANNEAL_TILE_REDUCTIONS_INL_H
#else
#define ANNEAL_TILE_REDUCTIONS_INL_H
#endif

#include <limits>

#include "array/cpu/tile_loops-inl.h"

HWY_BEFORE_NAMESPACE();
namespace anneal::array::cpu {
namespace ANNEAL_TILE_NAMESPACE {

// What leaves every other value as it is.
template <class F, class T>
constexpr T identity_of() {
  using Limits = std::numeric_limits<T>;
  if constexpr (std::is_same_v<F, Multiply>) return T(1);
  if constexpr (std::is_same_v<F, And>) return T(1);
  if constexpr (std::is_same_v<F, Minimum>) return Limits::has_infinity ? Limits::infinity() : Limits::max();
  if constexpr (std::is_same_v<F, Maximum>) return Limits::has_infinity ? -Limits::infinity() : Limits::lowest();
  return T(0);
}

template <class F, class T>
void reduce_loop(void* to, const void* from, std::size_t count) {
  const T* const values = static_cast<const T*>(from);
  T result = identity_of<F, T>();
  for (std::size_t k = 0; k < count; ++k) result = F::of(result, values[k]);
  *static_cast<T*>(to) = result;
}

// Whether any of the elements is value, or NaN if that is NaN.
template <class T>
bool has_value(const T* values, std::size_t count, T value) {
  unsigned found = 0;
  if (value == value) {
    for (std::size_t k = 0; k < count; ++k) found |= values[k] == value;
  } else {
    for (std::size_t k = 0; k < count; ++k) found |= values[k] != values[k];
  }
  return found != 0;
}

template <class T, ReduceKernel reduce>
std::size_t find_loop(const void* from, std::size_t count) {
  constexpr std::size_t block = 256;
  const T* const values = static_cast<const T*>(from);
  T value;
  reduce(&value, from, count);
  std::size_t first = 0;
  while (count - first > block && !has_value(values + first, block, value)) first += block;
  while (first < count && !has_value(values + first, 1, value)) ++first;
  return first;
}

template <class T>
void add_integer_reductions(TileKernels& table, Kind kind) {
  entry(table, Reduction::sum, kind) = &reduce_loop<Add, T>;
  entry(table, Reduction::product, kind) = &reduce_loop<Multiply, T>;
  entry(table, Reduction::minimum, kind) = &reduce_loop<Minimum, T>;
  entry(table, Reduction::maximum, kind) = &reduce_loop<Maximum, T>;
  find_entry(table, Reduction::first_minimum, kind) = &find_loop<T, reduce_loop<Minimum, T>>;
  find_entry(table, Reduction::first_maximum, kind) = &find_loop<T, reduce_loop<Maximum, T>>;
}

inline void add_logic_reductions(TileKernels& table) {
  using T = std::uint8_t;
  constexpr Kind kind = Kind::boolean;
  for (const Reduction reduction : {Reduction::product, Reduction::minimum, Reduction::all}) {
    entry(table, reduction, kind) = &reduce_loop<And, T>;
  }
  for (const Reduction reduction : {Reduction::sum, Reduction::maximum, Reduction::any}) {
    entry(table, reduction, kind) = &reduce_loop<Or, T>;
  }
  find_entry(table, Reduction::first_minimum, kind) = &find_loop<T, reduce_loop<And, T>>;
  find_entry(table, Reduction::first_maximum, kind) = &find_loop<T, reduce_loop<Or, T>>;
}

inline void add_integer_and_logic_reductions(TileKernels& table) {
  for_each_number([&table]<class T>(Kind kind, T) {
    if constexpr (std::is_integral_v<T>) add_integer_reductions<T>(table, kind);
  });
  add_logic_reductions(table);
}

}  // namespace ANNEAL_TILE_NAMESPACE
}  // namespace anneal::array::cpu
HWY_AFTER_NAMESPACE();

#endif

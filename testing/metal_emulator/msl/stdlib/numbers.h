// Functions of numbers and vectors. Only for arguments of the same type, as in Metal: max(1, 2u) is ambiguous.
#pragma once

#include "vectors.h"

namespace metal {

template <class T>
struct is_number : std::integral_constant<bool, std::is_arithmetic<T>::value || std::is_same<T, half>::value> {};
template <class T>
using if_number = typename std::enable_if<is_number<T>::value, T>::type;
template <class T>
using if_integer = typename std::enable_if<std::is_integral<T>::value, T>::type;

// Of each component.
#define METAL_EMULATOR_OF_ONE(name, condition, expression) \
  template <class T>                                       \
  condition<T> name(T a) {                                 \
    return expression;                                     \
  }                                                        \
  template <class T, int N>                                \
  vec<T, N> name(vec<T, N> a) {                            \
    for (int k = 0; k < N; ++k) a[k] = name(a[k]);         \
    return a;                                              \
  }
#define METAL_EMULATOR_OF_TWO(name, condition, expression) \
  template <class T>                                       \
  condition<T> name(T a, T b) {                            \
    return expression;                                     \
  }                                                        \
  template <class T, int N>                                \
  vec<T, N> name(vec<T, N> a, vec<T, N> b) {               \
    for (int k = 0; k < N; ++k) a[k] = name(a[k], b[k]);   \
    return a;                                              \
  }
#define METAL_EMULATOR_OF_THREE(name, condition, expression)   \
  template <class T>                                           \
  condition<T> name(T a, T b, T c) {                           \
    return expression;                                         \
  }                                                            \
  template <class T, int N>                                    \
  vec<T, N> name(vec<T, N> a, vec<T, N> b, vec<T, N> c) {      \
    for (int k = 0; k < N; ++k) a[k] = name(a[k], b[k], c[k]); \
    return a;                                                  \
  }

METAL_EMULATOR_OF_TWO(max, if_number, a < b ? b : a)
METAL_EMULATOR_OF_TWO(min, if_number, b < a ? b : a)
METAL_EMULATOR_OF_THREE(max3, if_number, max(max(a, b), c))
METAL_EMULATOR_OF_THREE(min3, if_number, min(min(a, b), c))
METAL_EMULATOR_OF_THREE(median3, if_number, max(min(a, b), min(max(a, b), c)))
METAL_EMULATOR_OF_THREE(clamp, if_number, min(max(a, b), c))
METAL_EMULATOR_OF_ONE(abs, if_number, T(a < 0 ? -a : a))

template <class T>
T select(T a, T b, bool takes_second) {
  return takes_second ? b : a;
}
template <class T, int N>
vec<T, N> select(vec<T, N> a, vec<T, N> b, vec<bool, N> takes_second) {
  for (int k = 0; k < N; ++k) a[k] = takes_second[k] ? b[k] : a[k];
  return a;
}

// ---- integers

template <class T>
constexpr T lowest() {
  return std::is_signed<T>::value ? T(T(1) << (8 * sizeof(T) - 1)) : T(0);
}
template <class T>
constexpr T highest() {
  return T(~lowest<T>());
}
template <class T>
T saturated_sum(T a, T b) {
  T sum;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return std::is_signed<T>::value && a < 0 ? lowest<T>() : highest<T>();
}
template <class T>
T saturated_difference(T a, T b) {
  T difference;
  if (!__builtin_sub_overflow(a, b, &difference)) return difference;
  return !std::is_signed<T>::value || a < 0 ? lowest<T>() : highest<T>();
}
template <class T>
typename std::make_unsigned<T>::type bits_of(T a) {
  return static_cast<typename std::make_unsigned<T>::type>(a);
}
template <class T>
int leading_zeros(T a) {
  return a == 0 ? int(8 * sizeof(T)) : __builtin_clzl(ulong(bits_of(a))) - int(64 - 8 * sizeof(T));
}
template <class T>
int trailing_zeros(T a) {
  return a == 0 ? int(8 * sizeof(T)) : __builtin_ctzl(ulong(bits_of(a)));
}
template <class T>
T rotated(T a, T by) {
  const uint bits = 8 * sizeof(T), left = uint(by) % bits;
  return left == 0 ? a : T(T(bits_of(a) << left) | T(bits_of(a) >> (bits - left)));
}

METAL_EMULATOR_OF_TWO(addsat, if_integer, saturated_sum(a, b))
METAL_EMULATOR_OF_TWO(subsat, if_integer, saturated_difference(a, b))
METAL_EMULATOR_OF_TWO(absdiff, if_integer, a < b ? T(bits_of(b) - bits_of(a)) : T(bits_of(a) - bits_of(b)))
METAL_EMULATOR_OF_TWO(hadd, if_integer, T((a & b) + ((a ^ b) >> 1)))
METAL_EMULATOR_OF_TWO(rhadd, if_integer, T((a | b) - ((a ^ b) >> 1)))
METAL_EMULATOR_OF_TWO(rotate, if_integer, rotated(a, b))
METAL_EMULATOR_OF_ONE(popcount, if_integer, T(__builtin_popcountl(ulong(bits_of(a)))))
METAL_EMULATOR_OF_ONE(clz, if_integer, T(leading_zeros(a)))
METAL_EMULATOR_OF_ONE(ctz, if_integer, T(trailing_zeros(a)))

inline int mulhi(int a, int b) { return int(long(a) * b >> 32); }
inline uint mulhi(uint a, uint b) { return uint(ulong(a) * b >> 32); }
template <class T>
if_integer<T> extract_bits(T a, uint offset, uint bits) {
  const uint width = 8 * sizeof(T);
  if (bits == 0) return T(0);
  return T(T(bits_of(a) << (width - offset - bits)) >> (width - bits));
}
template <class T>
if_integer<T> insert_bits(T base, T inserted, uint offset, uint bits) {
  const ulong mask = (bits == 64 ? ~0ul : (1ul << bits) - 1) << offset;
  return T((ulong(bits_of(base)) & ~mask) | (ulong(bits_of(inserted)) << offset & mask));
}

// ---- floating point, by the host's library: a GPU's last bits may differ

template <class T>
using if_float = typename std::enable_if<std::is_same<T, float>::value || std::is_same<T, half>::value, T>::type;

METAL_EMULATOR_OF_ONE(sqrt, if_float, T(std::sqrt(float(a))))
METAL_EMULATOR_OF_ONE(rsqrt, if_float, T(1 / std::sqrt(float(a))))
METAL_EMULATOR_OF_ONE(exp, if_float, T(std::exp(float(a))))
METAL_EMULATOR_OF_ONE(log, if_float, T(std::log(float(a))))
METAL_EMULATOR_OF_ONE(floor, if_float, T(std::floor(float(a))))
METAL_EMULATOR_OF_ONE(ceil, if_float, T(std::ceil(float(a))))
METAL_EMULATOR_OF_ONE(rint, if_float, T(std::rint(float(a))))
METAL_EMULATOR_OF_ONE(sin, if_float, T(std::sin(float(a))))
METAL_EMULATOR_OF_ONE(cos, if_float, T(std::cos(float(a))))
METAL_EMULATOR_OF_ONE(tan, if_float, T(std::tan(float(a))))
METAL_EMULATOR_OF_ONE(fabs, if_float, T(std::fabs(float(a))))
METAL_EMULATOR_OF_TWO(pow, if_float, T(std::pow(float(a), float(b))))
METAL_EMULATOR_OF_TWO(fmod, if_float, T(std::fmod(float(a), float(b))))
METAL_EMULATOR_OF_TWO(fmax, if_float, T(std::fmax(float(a), float(b))))
METAL_EMULATOR_OF_TWO(fmin, if_float, T(std::fmin(float(a), float(b))))
METAL_EMULATOR_OF_THREE(fma, if_float, T(std::fma(float(a), float(b), float(c))))

}  // namespace metal

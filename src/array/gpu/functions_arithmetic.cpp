#include "array/gpu/functions.h"

namespace anneal::array::gpu {
namespace {

constexpr FunctionText functions[] = {
    // Neighbouring elements, loaded and stored at once, by up to 16 bytes.
    {"Chunk", R"(
template <class T, int N> struct alignas(sizeof(T) * N < 16 ? sizeof(T) * N : 16) Chunk { T v[N]; };
)"},
    // Of n below 2^31, where that is an i32: see Division.
    {"quotient", R"(
FUNCTION i32 quotient(i32 n, i64, i64 multiplier, i64 shift) {
  return i32((u32((u64(u32(n)) * u64(multiplier)) >> 32) + u32(n)) >> u32(shift));
}
FUNCTION i64 quotient(i64 n, i64 divisor, i64, i64) { return n / divisor; }
)"},
    {"infinity", R"(
FUNCTION f32 infinity() { return f32_from_bits(0x7F800000u); }
)"},
    {"not_a_number", R"(
FUNCTION f32 not_a_number() { return f32_from_bits(0x7FC00000u); }
)"},
    {"with_sign", R"(
FUNCTION f32 with_sign(f32 magnitude, f32 x) {
  return f32_from_bits((f32_bits(magnitude) & 0x7FFFFFFFu) | (f32_bits(x) & 0x80000000u));
}
)"},
    {"f64_from_bits", R"(
#ifdef HAS_F64
FUNCTION f64 f64_from_bits(i64 bits) { return __longlong_as_double(bits); }
#endif
)"},
    // Integers as what they are computed in, so that they wrap.
    {"wrapping", R"(
FUNCTION u32 wrapping(u8 x) { return u32(x); }
FUNCTION u32 wrapping(i8 x) { return u32(i32(x)); }
FUNCTION u32 wrapping(i32 x) { return u32(x); }
FUNCTION u64 wrapping(i64 x) { return u64(x); }
)"},
    // Compilers warn of what cannot be.
    {"is_negative", R"(
FUNCTION bool is_negative(u8) { return false; }
FUNCTION bool is_negative(i8 x) { return x < 0; }
FUNCTION bool is_negative(i32 x) { return x < 0; }
FUNCTION bool is_negative(i64 x) { return x < 0; }
)"},
    // With the sign of the divisor, as Python's; 0 where that is 0. The lowest number cannot be divided by -1.
    {"integer_modulo", R"(
template <class T> FUNCTION T integer_modulo(T a, T b) {
  if (b == T(0) || b == T(-1)) return b == T(0) || is_negative(T(-1)) ? T(0) : T(a % b);
  const T rest = T(a % b);
  return rest != T(0) && is_negative(rest) != is_negative(b) ? T(rest + b) : rest;
}
)"},
    {"f32_modulo", R"(
FUNCTION f32 f32_modulo(f32 a, f32 b) {
  const bool is_itself = fabs(b) == infinity() && fabs(a) < infinity();
  const f32 rest = is_itself ? a : fmod(a, b);
  if (rest == 0.0f) return with_sign(0.0f, b);
  return (rest < 0.0f) != (b < 0.0f) ? rest + b : rest;
}
)"},
    {"f64_modulo", R"(
#ifdef HAS_F64
FUNCTION f64 f64_modulo(f64 a, f64 b) {
  const f64 rest = fmod(a, b);
  if (rest == 0.0) return copysign(0.0, b);
  return (rest < 0.0) != (b < 0.0) ? rest + b : rest;
}
#endif
)"},
    // By squaring; of negative exponents, the truncated result.
    {"integer_power", R"(
template <class T> FUNCTION T integer_power(T a, T b) {
  if (is_negative(b)) {
    const bool is_minus_one = is_negative(a) && a == T(-1);
    return is_minus_one ? (b % T(2) == T(0) ? T(1) : a) : a == T(1) ? T(1) : T(0);
  }
  u64 result = 1, square = u64(i64(a));
  for (u64 rest = u64(i64(b)); rest != 0; rest >>= 1) {
    if ((rest & 1) != 0) result *= square;
    square *= square;
  }
  return T(result);
}
)"},
};

}  // namespace

const std::span<const FunctionText> arithmetic_functions = functions;

}  // namespace anneal::array::gpu

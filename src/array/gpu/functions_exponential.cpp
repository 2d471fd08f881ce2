// The coefficients are those of src/array/cpu/tile_functions-inl.h: minimax fits of our own. Those that are computed
// from an exponential are not made of the dialects' own functions, because these may be off by 5 ulp in Metal, and
// Metal lacks the error function. CUDA's exponential and expm1 are within 1 ulp (CUDA Programming Guide, Mathematical
// Functions), and by its approximations the hyperbolic tangent is within 3: tests/unit/array/gpu/operations_test.cpp.
#include "array/gpu/functions.h"

namespace anneal::array::gpu {
namespace {

constexpr FunctionText functions[] = {
    // exp(x + low) = (1 + fraction) * 2^n, by Cody and Waite's reduction: ln 2 in two parts, of which the first has
    // 9 bits. |x| is below 2^13.
    {"exp_parts", R"(
struct ExpParts { f32 fraction; i32 n; };
FUNCTION ExpParts exp_parts(f32 x, f32 low) {
  const f32 shifted = fma(x + low, 1.44269504f, 12582912.0f);
  const f32 k = shifted - 12582912.0f;
  const f32 r = fma(-k, -2.12194440e-4f, fma(-k, 0.693359375f, x)) + low;
  const f32 rest = fma(fma(fma(fma(0.001393963f, r, 0.00836952683f), r, 0.0416664146f), r, 0.166665137f), r, 0.5f);
  ExpParts parts;
  parts.fraction = fma(rest * r, r, r);
  parts.n = i32(f32_bits(shifted) - 0x4B400000u);
  return parts;
}
)"},
    // Of n from -126 to 127.
    {"power_of_two", R"(
FUNCTION f32 power_of_two(i32 n) { return f32_from_bits(u32(n + 127) << 23); }
)"},
    // exp(x) = mantissa * first * second, where exp(x) may be subnormal. At least -150: below, it is 0.
    {"exp_factors", R"(
struct ExpFactors { f32 mantissa; f32 first; f32 second; };
FUNCTION ExpFactors exp_factors(f32 x) {
  const ExpParts parts = exp_parts(x < -150.0f ? -150.0f : x, 0.0f);
  const i32 half_n = parts.n >> 1;
  ExpFactors factors;
  factors.mantissa = parts.fraction + 1.0f;
  factors.first = power_of_two(half_n);
  factors.second = power_of_two(parts.n - half_n);
  return factors;
}
)"},
    {"f32_exponential", R"(
FUNCTION f32 f32_exponential(f32 x) {
#ifdef HAS_APPROXIMATIONS
  return exp(x);
#else
  const ExpFactors power = exp_factors(x > 89.0f ? 89.0f : x);
  return power.mantissa * power.first * power.second;
#endif
}
)"},
    {"f32_sigmoid", R"(
FUNCTION f32 f32_sigmoid(f32 x) {
  const f32 power = f32_exponential(-fabs(x));
  const f32 top = x < 0.0f ? power : 1.0f;
#ifdef HAS_APPROXIMATIONS
  const f32 below = 1.0f + power;
  const f32 inverse = reciprocal_about(below);
  const f32 quotient = top * inverse;
  return fma(fma(-below, quotient, top), inverse, quotient);
#else
  return top / (1.0f + power);
#endif
}
)"},
    // The power may be subnormal where x times the power is not.
    {"f32_silu", R"(
FUNCTION f32 f32_silu(f32 x) {
  const ExpFactors factors = exp_factors(-fabs(x));
  const f32 scaled = factors.mantissa * factors.first;
  const f32 top = x < 0.0f ? (x < -150.0f ? -150.0f : x) * scaled : x;
  return top / fma(scaled, factors.second, 1.0f) * (x < 0.0f ? factors.second : 1.0f);
}
)"},
    // Below 0.625.
    {"small_tangent", R"(
FUNCTION f32 small_tangent(f32 x) {
  const f32 z = x * x;
  const f32 rest = fma(fma(fma(fma(-0.00570009183f, z, 0.0206341185f), z, -0.0537379384f), z, 0.133314162f), z,
                       -0.333332807f);
  return fma(rest * z, x, x);
}
)"},
    // By approximations, both are less work than a branch.
    {"f32_hyperbolic_tangent", R"(
FUNCTION f32 f32_hyperbolic_tangent(f32 x) {
  const f32 magnitude = fabs(x);
#ifdef HAS_APPROXIMATIONS
  const f32 below = exp2_about(magnitude * 2.88539008f) + 1.0f;
  const f32 large = fma(-2.0f, reciprocal_about(below), 1.0f);
  return with_sign(magnitude < 0.625f ? small_tangent(magnitude) : large, x);
#else
  if (magnitude < 0.625f) return with_sign(small_tangent(magnitude), x);
  const ExpParts parts = exp_parts(magnitude > 10.0f ? 20.0f : magnitude + magnitude, 0.0f);
  const f32 below = fma(parts.fraction + 1.0f, power_of_two(parts.n), 1.0f);
  return with_sign(1.0f - 2.0f / below, x);
#endif
}
)"},
    {"f32_expm1", R"(
FUNCTION f32 f32_expm1(f32 x) {
#ifdef HAS_APPROXIMATIONS
  return expm1(x);
#else
  return f32_hyperbolic_tangent(x * 0.5f) * (f32_exponential(x) + 1.0f);
#endif
}
)"},
    // From 1 on, by a polynomial for log(1 - erf(x)).
    {"f32_error_function", R"(
FUNCTION f32 f32_error_function(f32 x) {
  const f32 magnitude = fabs(x);
  if (magnitude < 1.0f) {
    const f32 z = magnitude * magnitude;
    const f32 rest = fma(fma(fma(fma(fma(fma(7.83764553e-05f, z, -0.000800551439f), z, 0.00518783648f), z,
                                     -0.0268535912f), z, 0.112835817f), z, -0.37612626f), z, 0.128379166f);
    return with_sign(fma(rest, magnitude, magnitude), x);
  }
  const f32 t = magnitude > 4.0f ? 4.0f : magnitude;
  const f32 logarithm = fma(fma(fma(fma(fma(fma(-0.000185575351f, t, 0.00293960818f), t, -0.0218052957f), t,
                                        0.103037305f), t, 0.638225734f), t, 1.12704003f), t, 0.000353711279f);
  const ExpParts parts = exp_parts(-logarithm, 0.0f);
  return with_sign(fma(-(parts.fraction + 1.0f), power_of_two(parts.n), 1.0f), x);
}
)"},
    // x times the normal distribution function. About 0 by a polynomial; else by Mills' ratio, exp(-x^2 / 2) times a
    // polynomial of (t - 4) / (t + 4) over t + 4; what sums lose is added later. The square of the upper 12 bits of t
    // is exact.
    {"f32_gelu", R"(
FUNCTION f32 f32_gelu(f32 x) {
  if (x > -0.6f && x < 1.0f) {
    const f32 z = x * x;
    const f32 slope = fma(fma(fma(fma(9.25240238e-05f, z, -0.00116548466f), z, 0.00996427704f), z, -0.0664887652f), z,
                          0.398942202f);
    return x * fma(slope, x, 0.5f);
  }
  const f32 t = fabs(x) > 15.0f ? 15.0f : fabs(x);
  const f32 upper = f32_from_bits(f32_bits(t) & 0xFFFFF000u);
  const ExpParts parts = exp_parts(upper * upper * -0.5f, (t - upper) * -0.5f * (t + upper));
  const i32 half_n = parts.n >> 1;
  const f32 first = power_of_two(half_n), second = power_of_two(parts.n - half_n);
  const f32 divisor = t + 4.0f;
  const f32 lost = t - (divisor - 4.0f);
  const f32 inverse = 1.0f / divisor;
  const f32 u = (t - 4.0f) * inverse;
  const f32 slopes = fma(fma(fma(fma(fma(fma(fma(fma(-0.000135567738f, u, 0.000177562368f), u, 0.00157630863f), u,
      -0.00351065211f), u, -0.00752963172f), u, 0.0604032278f), u, -0.18652226f), u, 0.387136906f), u, -0.607896686f);
  const f32 rest = u * slopes;
  const f32 sum = 0.755285144f + rest;
  const f32 factor = fma(-lost, inverse, parts.fraction);
  const f32 top = sum + fma(sum, factor, rest - (sum - 0.755285144f));
  const f32 tail = top / divisor * first;
  return x < 0.0f ? -(tail * t * second) : x * fma(-tail, second, 1.0f);
}
)"},
    {"f64_sigmoid", R"(
#ifdef HAS_F64
FUNCTION f64 f64_sigmoid(f64 x) {
  const f64 power = exp(-fabs(x));
  return (x < 0.0 ? power : 1.0) / (1.0 + power);
}
#endif
)"},
    {"f64_silu", R"(
#ifdef HAS_F64
FUNCTION f64 f64_silu(f64 x) { return x < -1000.0 ? -0.0 : x * f64_sigmoid(x); }
#endif
)"},
    {"f64_gelu", R"(
#ifdef HAS_F64
FUNCTION f64 f64_gelu(f64 x) { return x < -1000.0 ? -0.0 : 0.5 * x * erfc(-0.70710678118654752440 * x); }
#endif
)"},
};

}  // namespace

const std::span<const FunctionText> exponential_functions = functions;

}  // namespace anneal::array::gpu

#include "array/gpu/functions.h"

namespace anneal::array::gpu {
namespace {

constexpr FunctionText functions[] = {
    // x = mantissa * 2^exponent, with mantissas from the root of 1/2 to that of 2. x is positive and finite.
    {"log_parts", R"(
struct LogParts { f32 mantissa; i32 exponent; };
FUNCTION LogParts log_parts(f32 x) {
  const bool is_tiny = x < 1.17549435e-38f;
  const u32 bits = f32_bits(is_tiny ? x * 33554432.0f : x);
  const i32 exponent = i32(bits - 0x3F3504F3u) >> 23;
  LogParts parts;
  parts.mantissa = f32_from_bits(bits - (u32(exponent) << 23));
  parts.exponent = exponent - (is_tiny ? 25 : 0);
  return parts;
}
)"},
    // The polynomial is that of src/array/cpu/tile_functions-inl.h.
    {"f32_logarithm", R"(
FUNCTION f32 f32_logarithm(f32 x) {
  if (!(x < infinity())) return x;
  if (x <= 0.0f) return x < 0.0f ? not_a_number() : -infinity();
  const LogParts parts = log_parts(x);
  const f32 f = parts.mantissa - 1.0f, k = f32(parts.exponent);
  const f32 z = f * f;
  const f32 rest = fma(fma(fma(fma(fma(fma(fma(-0.0764514953f, f, 0.127783552f), f, -0.131642282f), f, 0.141998321f), f,
                                   -0.166227743f), f, 0.200012848f), f, -0.250008374f), f, 0.333333313f);
  const f32 low = fma(k, -2.12194440e-4f, fma(z * f, rest, z * -0.5f));
  return fma(k, 0.693359375f, f + low);
}
)"},
    {"f32_log1p", R"(
FUNCTION f32 f32_log1p(f32 x) {
  if (fabs(x) < 2.98023224e-08f) return x;
  const f32 u = 1.0f + x;
  const f32 logarithm = f32_logarithm(u);
  // What the sum lost.
  return u > 0.0f && u < 16777216.0f ? logarithm + (x - (u - 1.0f)) / u : logarithm;
}
)"},
    // The exponent times the base's logarithm, in two f32: log(m) = 2 s + s^3 (2/3 + 2/5 s^2 + ...) of s = (m - 1) /
    // (m + 1). The base is positive and finite.
    {"power_parts", R"(
struct TwoF32 { f32 high; f32 low; };
FUNCTION TwoF32 power_parts(f32 base, f32 exponent) {
  const LogParts parts = log_parts(base);
  const f32 top = parts.mantissa - 1.0f, bottom = parts.mantissa + 1.0f;
  const f32 lost = parts.mantissa - (bottom - 1.0f);
  const f32 s = top / bottom;
  const f32 s_low = (fma(-s, bottom, top) - s * lost) / bottom;
  const f32 z = s * s;
  const f32 series = fma(fma(fma(fma(0.181818182f, z, 0.222222222f), z, 0.285714286f), z, 0.4f), z, 0.666666667f);
  const f32 log_low = fma(s * z, series, 2.0f * s_low);
  // To base 2, and with the base's own exponent.
  const f32 scaled = 2.0f * s * 1.44269502f;
  const f32 scaled_low = fma(2.0f * s, 1.44269502f, -scaled) + fma(2.0f * s, 1.92596303e-08f, log_low * 1.44269502f);
  const f32 k = f32(parts.exponent);
  const f32 sum = k + scaled;
  const f32 sum_low = (k - sum) + scaled + scaled_low;
  const f32 log2 = sum + sum_low;
  const f32 log2_low = sum_low - (log2 - sum);
  TwoF32 result;
  result.high = exponent * log2;
  result.low = fma(exponent, log2, -result.high) + exponent * log2_low;
  return result;
}
)"},
    {"positive_power", R"(
FUNCTION f32 positive_power(f32 base, f32 exponent) {
  const TwoF32 power = power_parts(base, exponent);
  if (!(fabs(power.high) < 160.0f)) return power.high > 0.0f ? infinity() : 0.0f;
  const f32 k = rint(power.high);
  const f32 r = ((power.high - k) + power.low) * 0.693147182f;
  const f32 rest = fma(fma(fma(fma(0.001393963f, r, 0.00836952683f), r, 0.0416664146f), r, 0.166665137f), r, 0.5f);
  const i32 n = i32(k), half_n = n >> 1;
  return (fma(rest * r, r, r) + 1.0f) * power_of_two(half_n) * power_of_two(n - half_n);
}
)"},
    // Special values as C's pow, ISO/IEC 9899 F.10.4.4.
    {"f32_power", R"(
FUNCTION f32 f32_power(f32 x, f32 y) {
  const f32 base = fabs(x), size = fabs(y);
  if (y == 0.0f || x == 1.0f) return 1.0f;
  if (x != x || y != y) return x + y;
  const bool is_integer = size >= 16777216.0f || f32(i32(size)) == size;
  const bool is_odd = size < 16777216.0f && is_integer && (i32(size) & 1) != 0;
  f32 result;
  if (base == 0.0f || base == infinity()) {
    result = (y < 0.0f) == (base == 0.0f) ? infinity() : 0.0f;
  } else if (size == infinity()) {
    result = base == 1.0f ? 1.0f : (base > 1.0f) == (y > 0.0f) ? infinity() : 0.0f;
  } else if (x < 0.0f && !is_integer) {
    return not_a_number();
  } else {
    result = positive_power(base, y);
  }
  return is_odd ? with_sign(result, x) : result;
}
)"},
};

}  // namespace

const std::span<const FunctionText> logarithm_functions = functions;

}  // namespace anneal::array::gpu

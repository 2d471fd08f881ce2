#include "array/gpu/functions.h"

namespace anneal::array::gpu {
namespace {

constexpr FunctionText functions[] = {
    // Sine and cosine of x less the nearest multiple of pi / 2, and which multiple. pi / 2 is in three parts of 24
    // bits:
    // Cody and Waite's reduction, whose first step is exact, as the multiple has 16 bits. The polynomials are those of
    // src/array/cpu/tile_circular-inl.h.
    {"split_angle", R"(
struct Angle { f32 sine; f32 cosine; u32 quarter; };
FUNCTION Angle split_angle(f32 x) {
  const f32 k = rint(x * 0.636619772f);
  const f32 r = fma(-k, -1.71512451e-15f, fma(-k, -4.37113883e-08f, fma(-k, 1.57079637f, x)));
  const f32 z = r * r;
  const f32 odd = fma(fma(fma(2.78241237e-06f, z, -0.000198488837f), z, 0.00833337195f), z, -0.166666672f);
  const f32 even = fma(fma(fma(fma(-2.81113614e-07f, z, 2.48144952e-05f), z, -0.00138889626f), z, 0.0416666679f), z,
                       -0.5f);
  Angle angle;
  angle.sine = fma(odd * z, r, r);
  angle.cosine = fma(even, z, 1.0f);
  angle.quarter = u32(i32(k));
  return angle;
}
)"},
    // Larger angles, infinity and NaN are the dialect's own functions' task.
    {"is_large_angle", R"(
FUNCTION bool is_large_angle(f32 x) { return !(fabs(x) < 65536.0f); }
)"},
    {"f32_sine", R"(
FUNCTION f32 f32_sine(f32 x) {
  if (is_large_angle(x)) return sin(x);
  if (fabs(x) < 1.22070312e-04f) return x;
  const Angle angle = split_angle(x);
  const f32 result = (angle.quarter & 1) != 0 ? angle.cosine : angle.sine;
  return (angle.quarter & 2) != 0 ? -result : result;
}
)"},
    {"f32_cosine", R"(
FUNCTION f32 f32_cosine(f32 x) {
  if (is_large_angle(x)) return cos(x);
  const Angle angle = split_angle(x);
  const f32 result = (angle.quarter & 1) != 0 ? angle.sine : angle.cosine;
  return ((angle.quarter + 1) & 2) != 0 ? -result : result;
}
)"},
    {"f32_tangent", R"(
FUNCTION f32 f32_tangent(f32 x) {
  if (is_large_angle(x)) return tan(x);
  if (fabs(x) < 1.22070312e-04f) return x;
  const Angle angle = split_angle(x);
  return (angle.quarter & 1) != 0 ? -angle.cosine / angle.sine : angle.sine / angle.cosine;
}
)"},
};

}  // namespace

const std::span<const FunctionText> circular_functions = functions;

}  // namespace anneal::array::gpu

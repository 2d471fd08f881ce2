#include "array/gpu/sum_text.h"

#include <fmt/core.h>

namespace anneal::array::gpu {
namespace {

// Integers of 32 bits were widened without their sign when they became u32.
constexpr const char* integer_text = R"code(
struct Sum {{
  u64 value;
}};
typedef u64 Rounded;
FUNCTION Sum sum_of(Computed x) {{
  Sum sum;
  sum.value = {};
  return sum;
}}
FUNCTION Sum no_sum() {{ return sum_of(0); }}
FUNCTION Sum plus(Sum a, Sum b) {{
  a.value += b.value;
  return a;
}}
FUNCTION Rounded rounded(Sum a) {{ return a.value; }}
)code";

constexpr const char* f64_text = R"code(
struct Sum {
  f64 value;
};
typedef Computed Rounded;
FUNCTION Sum sum_of(Computed x) {
  Sum sum;
  sum.value = f64(x);
  return sum;
}
FUNCTION Sum no_sum() { return sum_of(0); }
FUNCTION Sum plus(Sum a, Sum b) {
  a.value += b.value;
  return a;
}
FUNCTION Rounded rounded(Sum a) { return Computed(a.value); }
)code";

constexpr const char* pair_text = R"code(
struct Sum {
  f32 high;
  f32 low;
};
typedef Computed Rounded;
FUNCTION Sum sum_of(Computed x) {
  Sum sum;
  sum.high = x;
  sum.low = 0;
  return sum;
}
FUNCTION Sum no_sum() { return sum_of(0); }
// What is rounded away of a + b, or 0 where that is infinite or NaN.
FUNCTION f32 error_of_sum(f32 a, f32 b, f32 sum) {
  const f32 b_part = sum - a;
  const f32 error = (a - (sum - b_part)) + (b - b_part);
  return error - error == 0 ? error : 0;
}
FUNCTION Sum plus(Sum a, Sum b) {
  const f32 high = a.high + b.high;
  const f32 low = error_of_sum(a.high, b.high, high) + (a.low + b.low);
  Sum sum;
  sum.high = high + low;
  sum.low = error_of_sum(high, low, sum.high);
  return sum;
}
FUNCTION Rounded rounded(Sum a) { return a.high; }
)code";

}  // namespace

std::string sum_text(DType dtype, bool has_f64) {
  if (dtype < DType::f16) {
    const bool is_signed = dtype == DType::i8 || dtype == DType::i32;
    return fmt::format(integer_text, is_signed ? "u64(i64(i32(x)))" : "u64(x)");
  }
  return has_f64 ? f64_text : pair_text;
}

}  // namespace anneal::array::gpu

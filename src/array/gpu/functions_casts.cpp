#include "array/gpu/functions.h"

namespace anneal::array::gpu {
namespace {

// Floats to integers: truncated, saturated, and 0 of NaN. `HIGH` is the first float beyond.
#define ANNEAL_SATURATING(name, T, low, high, lowest, highest)                                                   \
  {name, "\nFUNCTION " T " " name "(f32 x) { return x != x ? " T "(0) : x <= " low "f ? " lowest " : x >= " high \
         "f ? " highest " : " T                                                                                  \
         "(x); }\n#ifdef HAS_F64\n"                                                                              \
         "FUNCTION " T " " name "(f64 x) { return x != x ? " T "(0) : x <= " low " ? " lowest " : x >= " high    \
         " ? " highest " : " T "(x); }\n#endif\n"}

constexpr FunctionText functions[] = {
    ANNEAL_SATURATING("saturated_u8", "u8", "0.0", "255.0", "u8(0)", "u8(255)"),
    ANNEAL_SATURATING("saturated_i8", "i8", "-128.0", "127.0", "i8(-128)", "i8(127)"),
    ANNEAL_SATURATING("saturated_i32", "i32", "-2147483648.0", "2147483647.0", "(-2147483647 - 1)", "2147483647"),
    ANNEAL_SATURATING("saturated_i64", "i64", "-9223372036854775808.0", "9223372036854775808.0",
                      "(-i64(0x7FFFFFFFFFFFFFFF) - 1)", "i64(0x7FFFFFFFFFFFFFFF)"),
    // The f32 next to zero, with the last bit set where that is not exact: rounded once more, to f16 or bf16, it gives
    // what rounding once would. Boldo and Melquiond, "Emulation of FMA and correctly rounded sums", 2008.
    {"odd_f32", R"(
FUNCTION f32 odd_f32(f32 x) { return x; }
FUNCTION f32 odd_f32(i64 x) {
  const u64 magnitude = x < 0 ? u64(0) - u64(x) : u64(x);
  const f32 nearest = f32(magnitude);
  const bool is_beyond = nearest >= 18446744073709551616.0f;
  const u64 back = is_beyond ? u64(0) : u64(nearest);
  u32 bits = f32_bits(nearest);
  if (is_beyond || back > magnitude) bits -= 1;
  if (back != magnitude) bits |= 1;
  return x < 0 ? -f32_from_bits(bits) : f32_from_bits(bits);
}
FUNCTION f32 odd_f32(i32 x) { return odd_f32(i64(x)); }
FUNCTION f32 odd_f32(u8 x) { return f32(x); }
FUNCTION f32 odd_f32(i8 x) { return f32(x); }
FUNCTION f32 odd_f32(bool x) { return x ? 1.0f : 0.0f; }
#ifdef HAS_F64
FUNCTION f32 odd_f32(f64 x) {
  const f32 nearest = f32(x);
  const f64 back = f64(nearest);
  u32 bits = f32_bits(nearest);
  if (fabs(back) > fabs(x)) bits -= 1;
  if (back < x || back > x) bits |= 1;
  return f32_from_bits(bits);
}
#endif
)"},
};

#undef ANNEAL_SATURATING

}  // namespace

const std::span<const FunctionText> cast_functions = functions;

}  // namespace anneal::array::gpu

#include "plain_tile_kernels.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>

#include "unit/array/cpu/tile_reference.h"

namespace anneal::array::cpu {

namespace {

struct Half {
  std::uint16_t bits;
};
struct Bfloat16 {
  std::uint16_t bits;
};
// A byte that is 0 or 1.
struct Boolean {
  std::uint8_t value;
};

template <class T>
T number(T value) {
  return value;
}
float number(Half half) { return half_to_float(half.bits); }
float number(Bfloat16 value) { return bfloat16_to_float(value.bits); }
std::uint8_t number(Boolean value) { return value.value; }

template <class To, class From>
To converted(From from) {
  const auto value = number(from);
  if constexpr (std::is_same_v<To, Boolean>) {
    return {static_cast<std::uint8_t>(value != 0)};
  } else if constexpr (std::is_same_v<To, Half>) {
    return {float_to_half(static_cast<double>(value))};
  } else if constexpr (std::is_same_v<To, Bfloat16>) {
    return {float_to_bfloat16(static_cast<float>(value))};
  } else if constexpr (std::is_integral_v<To> && std::is_floating_point_v<decltype(value)>) {
    using Limits = std::numeric_limits<To>;
    if (std::isnan(value)) return 0;
    // The largest i64 becomes 2^63.
    if (value >= static_cast<double>(Limits::max())) return Limits::max();
    if (value <= static_cast<double>(Limits::lowest())) return Limits::lowest();
    return static_cast<To>(value);
  } else {
    return static_cast<To>(value);
  }
}

template <class To, class From>
void cast(void* to, const void* from, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) {
    static_cast<To*>(to)[k] = converted<To>(static_cast<const From*>(from)[k]);
  }
}

// Integers wrap round.
template <class T>
using Wrapping = std::conditional_t<std::is_floating_point_v<T>, T, std::uint64_t>;

template <class T>
T integer_power(T base, T exponent) {
  if constexpr (std::is_signed_v<T>) {
    if (exponent < 0) return base == 1 ? 1 : base == -1 ? (exponent % 2 ? T{-1} : T{1}) : T{0};
  }
  std::uint64_t power = 1;
  std::uint64_t square = static_cast<std::uint64_t>(base);
  for (auto left = static_cast<std::uint64_t>(exponent); left != 0; left /= 2, square *= square) {
    if (left % 2 == 1) power *= square;
  }
  return static_cast<T>(power);
}

template <class T>
T modulo(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    T rest = std::fmod(a, b);
    if (b == 0) return rest;
    if (rest == 0) return std::copysign(T{0}, b);
    if ((b < 0) != (rest < 0)) rest += b;
    return rest;
  } else {
    if (b == 0) return 0;
    if constexpr (std::is_signed_v<T>) {
      if (b == -1) return 0;
    }
    const T rest = static_cast<T>(a % b);
    return rest != 0 && (rest < 0) != (b < 0) ? static_cast<T>(rest + b) : rest;
  }
}

template <class T>
bool is_nan(T value) {
  if constexpr (std::is_floating_point_v<T>) return std::isnan(value);
  return false;
}

template <Op op, class T>
T of_two(T a, T b) {
  using W = Wrapping<T>;
  if constexpr (op == Op::add) return static_cast<T>(static_cast<W>(a) + static_cast<W>(b));
  if constexpr (op == Op::subtract) return static_cast<T>(static_cast<W>(a) - static_cast<W>(b));
  if constexpr (op == Op::multiply) return static_cast<T>(static_cast<W>(a) * static_cast<W>(b));
  if constexpr (op == Op::modulo) return modulo(a, b);
  if constexpr (op == Op::minimum) return is_nan(a) ? a : is_nan(b) ? b : b < a ? b : a;
  if constexpr (op == Op::maximum) return is_nan(a) ? a : is_nan(b) ? b : a < b ? b : a;
  if constexpr (std::is_floating_point_v<T>) {
    if constexpr (op == Op::divide) return a / b;
    if constexpr (op == Op::power) return std::pow(a, b);
  } else {
    if constexpr (op == Op::power) return integer_power(a, b);
  }
  return a;
}

template <Op op, class T>
bool compared(T a, T b) {
  if constexpr (op == Op::equal) return a == b;
  if constexpr (op == Op::not_equal) return a != b;
  if constexpr (op == Op::less) return a < b;
  if constexpr (op == Op::less_equal) return a <= b;
  if constexpr (op == Op::greater) return a > b;
  return a >= b;
}

template <Op op, class T>
T of_one(T x) {
  if constexpr (std::is_floating_point_v<T>) return anneal::test::exact_float(op, x, T{0});
  if constexpr (op == Op::negative) return static_cast<T>(0 - static_cast<Wrapping<T>>(x));
  if constexpr (op == Op::absolute) return x < 0 ? static_cast<T>(0 - static_cast<std::uint64_t>(x)) : x;
  if constexpr (op == Op::sign) return static_cast<T>((x > 0) - (x < 0));
  if constexpr (op == Op::relu) return x > 0 ? x : T{0};
  return x;  // integers are whole already
}

template <Op op, class T, bool is_boolean>
void run_op(void* to, const void* a, const void* b, const void* c, std::size_t count) {
  const auto* x = static_cast<const T*>(a);
  const auto* y = static_cast<const T*>(b);
  for (std::size_t k = 0; k < count; ++k) {
    if constexpr (op == Op::where) {
      static_cast<T*>(to)[k] = static_cast<const std::uint8_t*>(a)[k] ? y[k] : static_cast<const T*>(c)[k];
    } else if constexpr (is_comparison(op)) {
      static_cast<std::uint8_t*>(to)[k] = compared<op>(x[k], y[k]);
    } else {
      T value;
      if constexpr (operands_of(op) == 2) {
        value = of_two<op>(x[k], y[k]);
      } else {
        value = of_one<op>(x[k]);
      }
      static_cast<T*>(to)[k] = is_boolean ? static_cast<T>(value != 0) : value;
    }
  }
}

template <Op op, class T>
T pairwise(const T* from, std::size_t count) {
  if (count == 1) return *from;
  const std::size_t half = count / 2;
  return of_two<op>(pairwise<op>(from, half), pairwise<op>(from + half, count - half));
}

template <Op op, class T>
void reduce(void* to, const void* from, std::size_t count) {
  *static_cast<T*>(to) = pairwise<op>(static_cast<const T*>(from), count);
}

template <class T, bool is_minimum>
std::size_t find(const void* from, std::size_t count) {
  const auto* values = static_cast<const T*>(from);
  std::size_t best = 0;
  for (std::size_t k = 0; k < count; ++k) {
    if (is_nan(values[k])) return k;
    if (is_minimum ? values[k] < values[best] : values[k] > values[best]) best = k;
  }
  return best;
}

template <Kind kind, class T, std::size_t... op>
void add_ops(TileKernels& kernels, std::index_sequence<op...>) {
  ((kernels.ops[op][static_cast<std::size_t>(kind)] = run_op < static_cast<Op>(op), T, kind == Kind::boolean >), ...);
}

template <Kind kind, class T>
void add_kind(TileKernels& kernels) {
  constexpr auto k = static_cast<std::size_t>(kind);
  add_ops<kind, T>(kernels, std::make_index_sequence<op_count>());
  kernels.reductions[0][k] = reduce<Op::add, T>;
  kernels.reductions[1][k] = reduce<Op::multiply, T>;
  kernels.reductions[2][k] = reduce<Op::minimum, T>;
  kernels.reductions[3][k] = reduce<Op::maximum, T>;
  kernels.reductions[4][k] = reduce<Op::maximum, T>;
  kernels.reductions[5][k] = reduce<Op::minimum, T>;
  kernels.finds[0][k] = find<T, true>;
  kernels.finds[1][k] = find<T, false>;
}

// Of all types in DType's order.
template <class... To>
struct Types {
  template <class From>
  static void add_casts(CastKernel* row) {
    ((*row++ = cast<To, From>), ...);
  }
  static void add_all(TileKernels& kernels) {
    std::size_t from = 0;
    (add_casts<To>(kernels.casts[from++]), ...);
  }
};

}  // namespace

float half_to_float(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31;
  const int fraction = bits & 1023;
  const float sign = bits & 0x8000 ? -1.0F : 1.0F;
  if (exponent == 31) {
    return sign * (fraction ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity());
  }
  return sign * (exponent == 0 ? std::ldexp(static_cast<float>(fraction), -24)
                               : std::ldexp(static_cast<float>(1024 + fraction), exponent - 25));
}

std::uint16_t float_to_half(double value) {
  const auto sign = static_cast<std::uint16_t>(std::signbit(value) ? 0x8000 : 0);
  const double size = std::fabs(value);
  if (std::isnan(value)) return sign | 0x7e00;
  if (size >= 65520) return sign | 0x7c00;
  // The fraction's last place: 2^-24 of the least numbers.
  const int exponent = size < 0x1p-14 ? -14 : std::ilogb(size);
  const auto places = static_cast<int>(std::nearbyint(std::ldexp(size, 10 - exponent)));
  return static_cast<std::uint16_t>(sign + (size < 0x1p-14 ? places : (exponent + 14) * 1024 + places));
}

float bfloat16_to_float(std::uint16_t bits) { return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16); }

std::uint16_t float_to_bfloat16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if (std::isnan(value)) return static_cast<std::uint16_t>(bits >> 16 | 64);
  return static_cast<std::uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

const TileKernels& plain_tile_kernels() {
  static const TileKernels kernels = [] {
    TileKernels made{};
    made.name = "plain";
    add_kind<Kind::boolean, std::uint8_t>(made);
    add_kind<Kind::u8, std::uint8_t>(made);
    add_kind<Kind::i8, std::int8_t>(made);
    add_kind<Kind::i32, std::int32_t>(made);
    add_kind<Kind::i64, std::int64_t>(made);
    add_kind<Kind::f32, float>(made);
    add_kind<Kind::f64, double>(made);
    Types<Boolean, std::uint8_t, std::int8_t, std::int32_t, std::int64_t, Half, Bfloat16, float, double>::add_all(made);
    return made;
  }();
  return kernels;
}

}  // namespace anneal::array::cpu

// All kernels in plain C++: for machines without a vector target, and for what no target does better.
#include "device/cpu/highway_config.h"
// After the configuration.
#include <hwy/highway.h>

#include <cmath>

#include "array/cpu/tile_families.h"
#define ANNEAL_TILE_NAMESPACE plain
#include "array/cpu/tile_casts-inl.h"
#include "array/cpu/tile_loops-inl.h"
#include "array/cpu/tile_reductions-inl.h"

namespace anneal::array::cpu {
namespace plain {
namespace {

// The sign of the divisor, as NumPy's. https://numpy.org/doc/stable/reference/generated/numpy.mod.html
struct Modulo {
  template <class T>
  static T of(T a, T b) {
    if constexpr (std::is_integral_v<T>) {
      // The lowest value cannot be divided by -1.
      if (b == 0 || b == static_cast<T>(-1)) return b == 0 || std::is_signed_v<T> ? T(0) : static_cast<T>(a % b);
      const T rest = static_cast<T>(a % b);
      return rest != 0 && (rest < 0) != (b < 0) ? static_cast<T>(rest + b) : rest;
    } else {
      const T rest = std::fmod(a, b);
      if (rest == T(0)) return std::copysign(T(0), b);
      return (rest < 0) != (b < 0) ? rest + b : rest;
    }
  }
};

struct Power {
  template <class T>
  static T of(T a, T b) {
    if constexpr (std::is_floating_point_v<T>) {
      return std::pow(a, b);
    } else {
      const bool is_minus_one = std::is_signed_v<T> && a == static_cast<T>(-1);
      if (b < 0 && is_minus_one) return b % 2 == 0 ? T(1) : a;
      if (b < 0) return a == T(1) ? T(1) : T(0);
      Wrapping<T> result = 1, square = static_cast<std::make_unsigned_t<T>>(a);
      for (auto rest = static_cast<std::make_unsigned_t<T>>(b); rest != 0; rest >>= 1) {
        if ((rest & 1) != 0) result *= square;
        square *= square;
      }
      return static_cast<T>(result);
    }
  }
};

#define ANNEAL_TILE_FUNCTION(name, function) \
  struct name {                              \
    template <class T>                       \
    static T of(T a, T) {                    \
      return function(a);                    \
    }                                        \
  }
ANNEAL_TILE_FUNCTION(SquareRoot, std::sqrt);
ANNEAL_TILE_FUNCTION(ReciprocalSquareRoot, T(1) / std::sqrt);
ANNEAL_TILE_FUNCTION(Exponential, std::exp);
ANNEAL_TILE_FUNCTION(Logarithm, std::log);
ANNEAL_TILE_FUNCTION(Log1p, std::log1p);
ANNEAL_TILE_FUNCTION(Expm1, std::expm1);
ANNEAL_TILE_FUNCTION(Sine, std::sin);
ANNEAL_TILE_FUNCTION(Cosine, std::cos);
ANNEAL_TILE_FUNCTION(Tangent, std::tan);
ANNEAL_TILE_FUNCTION(HyperbolicTangent, std::tanh);
ANNEAL_TILE_FUNCTION(ErrorFunction, std::erf);
ANNEAL_TILE_FUNCTION(Floor, std::floor);
ANNEAL_TILE_FUNCTION(Ceil, std::ceil);
ANNEAL_TILE_FUNCTION(Round, std::nearbyint);
#undef ANNEAL_TILE_FUNCTION

// These are computed in double for either type.
double sigmoid(double x) {
  const double power = std::exp(-std::abs(x));
  return (x < 0 ? power : 1.0) / (1.0 + power);
}
double silu(double x) {
  if (x >= -700) return x * sigmoid(x);
  // exp(x) has few digits there, or none.
  const double root = std::exp(x / 2);
  return root == 0 ? -0.0 : x * root * root;
}
struct Sigmoid {
  template <class T>
  static T of(T a, T) {
    return static_cast<T>(sigmoid(a));
  }
};
struct Silu {
  template <class T>
  static T of(T a, T) {
    return static_cast<T>(silu(a));
  }
};
struct Gelu {
  template <class T>
  static T of(T a, T) {
    constexpr double root_half = 0.70710678118654752440;
    return static_cast<T>(std::isinf(a) && a < 0 ? -0.0 : 0.5 * a * std::erfc(-root_half * a));
  }
};

template <class T>
void add_functions(TileKernels& table, Kind kind) {
  entry(table, Op::square_root, kind) = &loop_of_one<SquareRoot, T>;
  entry(table, Op::reciprocal_square_root, kind) = &loop_of_one<ReciprocalSquareRoot, T>;
  entry(table, Op::exponential, kind) = &loop_of_one<Exponential, T>;
  entry(table, Op::logarithm, kind) = &loop_of_one<Logarithm, T>;
  entry(table, Op::log1p, kind) = &loop_of_one<Log1p, T>;
  entry(table, Op::expm1, kind) = &loop_of_one<Expm1, T>;
  entry(table, Op::sine, kind) = &loop_of_one<Sine, T>;
  entry(table, Op::cosine, kind) = &loop_of_one<Cosine, T>;
  entry(table, Op::tangent, kind) = &loop_of_one<Tangent, T>;
  entry(table, Op::hyperbolic_tangent, kind) = &loop_of_one<HyperbolicTangent, T>;
  entry(table, Op::error_function, kind) = &loop_of_one<ErrorFunction, T>;
  entry(table, Op::sigmoid, kind) = &loop_of_one<Sigmoid, T>;
  entry(table, Op::gelu, kind) = &loop_of_one<Gelu, T>;
  entry(table, Op::silu, kind) = &loop_of_one<Silu, T>;
  entry(table, Op::floor, kind) = &loop_of_one<Floor, T>;
  entry(table, Op::ceil, kind) = &loop_of_one<Ceil, T>;
  entry(table, Op::round, kind) = &loop_of_one<Round, T>;
}

// Integers and booleans as they are.
template <class T>
void add_roundings(TileKernels& table, Kind kind) {
  for (const Op op : {Op::floor, Op::ceil, Op::round}) entry(table, op, kind) = &loop_of_one<Same, T>;
}

// Of up to `block` elements, then pairwise: the error grows with the logarithm of count.
template <class T>
T sum_of(const T* values, std::size_t count) {
  constexpr std::size_t block = 128, lanes = 8;
  if (count > block) {
    const std::size_t half = (count / block + 1) / 2 * block;
    return sum_of(values, half) + sum_of(values + half, count - half);
  }
  T sums[lanes] = {};
  for (std::size_t k = 0; k < count; ++k) sums[k % lanes] += values[k];
  double total = 0;
  for (const T sum : sums) total += sum;
  return static_cast<T>(total);
}
template <class T>
void sum(void* to, const void* from, std::size_t count) {
  *static_cast<T*>(to) = sum_of(static_cast<const T*>(from), count);
}

template <class T>
void product(void* to, const void* from, std::size_t count) {
  const T* const values = static_cast<const T*>(from);
  constexpr std::size_t lanes = 8;
  double products[lanes] = {1, 1, 1, 1, 1, 1, 1, 1};
  std::size_t k = 0;
  for (; k + lanes <= count; k += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) products[lane] *= values[k + lane];
  }
  for (; k < count; ++k) products[0] *= values[k];
  double total = 1;
  for (const double product : products) total *= product;
  *static_cast<T*>(to) = static_cast<T>(total);
}

template <class T>
void add_float_reductions(TileKernels& table, Kind kind) {
  add_integer_reductions<T>(table, kind);
  entry(table, Reduction::sum, kind) = &sum<T>;
  entry(table, Reduction::product, kind) = &product<T>;
}

void add_all(TileKernels& table) {
  add_loops(table);
  for_each_number([&table]<class T>(Kind kind, T) {
    entry(table, Op::modulo, kind) = &loop_of_two<Modulo, T>;
    entry(table, Op::power, kind) = &loop_of_two<Power, T>;
    if constexpr (std::is_integral_v<T>) add_roundings<T>(table, kind);
  });
  add_roundings<std::uint8_t>(table, Kind::boolean);
  for (const Op op : {Op::absolute, Op::relu}) entry(table, op, Kind::boolean) = &loop_of_one<Same, std::uint8_t>;
  for_each_dtype([&table]<class From>(DType from, From) {
    for_each_dtype([&table, from]<class To>(DType to, To) { entry(table, from, to) = &cast_loop<From, To>; });
  });
  add_integer_and_logic_reductions(table);
  for_each_float([&table]<class T>(Kind kind, T) {
    add_functions<T>(table, kind);
    add_float_reductions<T>(table, kind);
  });
}

}  // namespace
}  // namespace plain

void add_plain_kernels(TileKernels& table) {
  table = {};
  plain::add_all(table);
}

}  // namespace anneal::array::cpu

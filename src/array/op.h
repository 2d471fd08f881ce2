// What elementwise operations and reductions there are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace anneal::array {

enum class Op : std::uint8_t {
  // of two
  add,
  subtract,
  multiply,
  divide,
  power,
  modulo,
  minimum,
  maximum,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  // of one
  negative,
  absolute,
  sign,
  square_root,
  reciprocal_square_root,
  exponential,
  logarithm,
  log1p,
  expm1,
  sine,
  cosine,
  tangent,
  hyperbolic_tangent,
  error_function,
  sigmoid,
  gelu,
  silu,
  floor,
  ceil,
  round,
  relu,
  // of three: a boolean, and two of the result's type
  where,
};
inline constexpr int op_count = static_cast<int>(Op::where) + 1;

/// As the functions are called.
inline constexpr std::array<std::string_view, op_count> op_names{"add",
                                                                 "subtract",
                                                                 "multiply",
                                                                 "divide",
                                                                 "power",
                                                                 "modulo",
                                                                 "minimum",
                                                                 "maximum",
                                                                 "equal",
                                                                 "not_equal",
                                                                 "less",
                                                                 "less_equal",
                                                                 "greater",
                                                                 "greater_equal",
                                                                 "negative",
                                                                 "absolute",
                                                                 "sign",
                                                                 "square_root",
                                                                 "reciprocal_square_root",
                                                                 "exponential",
                                                                 "logarithm",
                                                                 "log1p",
                                                                 "expm1",
                                                                 "sine",
                                                                 "cosine",
                                                                 "tangent",
                                                                 "hyperbolic_tangent",
                                                                 "error_function",
                                                                 "sigmoid",
                                                                 "gelu",
                                                                 "silu",
                                                                 "floor",
                                                                 "ceil",
                                                                 "round",
                                                                 "relu",
                                                                 "where"};
static_assert(!op_names.back().empty());
constexpr std::string_view name_of(Op op) { return op_names[static_cast<std::size_t>(op)]; }

constexpr int operands_of(Op op) { return op < Op::negative ? 2 : op < Op::where ? 1 : 3; }
constexpr bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }
/// Whether there is a kernel for floats only.
constexpr bool is_of_floats(Op op) { return op == Op::divide || (op >= Op::square_root && op <= Op::silu); }

enum class Reduction : std::uint8_t { sum, product, minimum, maximum, any, all, first_minimum, first_maximum };
/// Whether places are what it gives.
constexpr bool is_find(Reduction reduction) { return reduction >= Reduction::first_minimum; }

}  // namespace anneal::array

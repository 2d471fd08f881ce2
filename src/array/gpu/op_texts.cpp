#include "array/gpu/op_texts.h"

#include <fmt/core.h>

#include "array/dtype.h"

namespace anneal::array::gpu {
namespace {

// Expressions of the operands a, b and c, which are of type T. Null where there is none: see cpu/tile_families.h.
struct OpText {
  Op op;
  const char* f32;
  const char* f64;
  const char* integer;
  const char* boolean;
};

// As Op has them. NaN is not equal to itself, and minima and maxima are NaN where either is.
constexpr OpText op_texts[] = {
    {Op::add, "a + b", "a + b", "T(wrapping(a) + wrapping(b))", "a || b"},
    {Op::subtract, "a - b", "a - b", "T(wrapping(a) - wrapping(b))", "a != b"},
    {Op::multiply, "a * b", "a * b", "T(wrapping(a) * wrapping(b))", "a && b"},
    {Op::divide, "a / b", "a / b", nullptr, nullptr},
    {Op::power, "f32_power(a, b)", "pow(a, b)", "integer_power(a, b)", nullptr},
    {Op::modulo, "f32_modulo(a, b)", "f64_modulo(a, b)", "integer_modulo(a, b)", nullptr},
    {Op::minimum, "a <= b || a != a ? a : b", "a <= b || a != a ? a : b", "a < b ? a : b", "a && b"},
    {Op::maximum, "a >= b || a != a ? a : b", "a >= b || a != a ? a : b", "a > b ? a : b", "a || b"},
    {Op::equal, "a == b", "a == b", "a == b", "a == b"},
    {Op::not_equal, "a != b", "a != b", "a != b", "a != b"},
    {Op::less, "a < b", "a < b", "a < b", "!a && b"},
    {Op::less_equal, "a <= b", "a <= b", "a <= b", "!a || b"},
    {Op::greater, "a > b", "a > b", "a > b", "a && !b"},
    {Op::greater_equal, "a >= b", "a >= b", "a >= b", "a || !b"},
    {Op::negative, "-a", "-a", "T(0u - wrapping(a))", nullptr},
    {Op::absolute, "fabs(a)", "fabs(a)", "is_negative(a) ? T(0u - wrapping(a)) : a", "a"},
    {Op::sign, "a != a ? a : T(a > T(0)) - T(a < T(0))", "a != a ? a : T(a > T(0)) - T(a < T(0))",
     "T(T(a > T(0)) - T(is_negative(a)))", nullptr},
    {Op::square_root, "sqrt(a)", "sqrt(a)", nullptr, nullptr},
    {Op::reciprocal_square_root, "T(1) / sqrt(a)", "T(1) / sqrt(a)", nullptr, nullptr},
    {Op::exponential, "f32_exponential(a)", "exp(a)", nullptr, nullptr},
    {Op::logarithm, "f32_logarithm(a)", "log(a)", nullptr, nullptr},
    {Op::log1p, "f32_log1p(a)", "log1p(a)", nullptr, nullptr},
    {Op::expm1, "f32_expm1(a)", "expm1(a)", nullptr, nullptr},
    {Op::sine, "f32_sine(a)", "sin(a)", nullptr, nullptr},
    {Op::cosine, "f32_cosine(a)", "cos(a)", nullptr, nullptr},
    {Op::tangent, "f32_tangent(a)", "tan(a)", nullptr, nullptr},
    {Op::hyperbolic_tangent, "f32_hyperbolic_tangent(a)", "tanh(a)", nullptr, nullptr},
    {Op::error_function, "f32_error_function(a)", "erf(a)", nullptr, nullptr},
    {Op::sigmoid, "f32_sigmoid(a)", "f64_sigmoid(a)", nullptr, nullptr},
    {Op::gelu, "f32_gelu(a)", "f64_gelu(a)", nullptr, nullptr},
    {Op::silu, "f32_silu(a)", "f64_silu(a)", nullptr, nullptr},
    {Op::floor, "floor(a)", "floor(a)", "a", "a"},
    {Op::ceil, "ceil(a)", "ceil(a)", "a", "a"},
    {Op::round, "rint(a)", "rint(a)", "a", "a"},
    {Op::relu, "a < T(0) ? T(0) : a", "a < T(0) ? T(0) : a", "is_negative(a) ? T(0) : a", "a"},
    {Op::where, "a ? b : c", "a ? b : c", "a ? b : c", "a ? b : c"},
};
constexpr bool are_in_order() {
  int next = 0;
  for (const OpText& text : op_texts) {
    if (static_cast<int>(text.op) != next++) return false;
  }
  return next == op_count;
}
static_assert(are_in_order());

const OpText& text_of(Op op) { return op_texts[static_cast<std::size_t>(op)]; }

const char* expression(Op op, DType dtype) {
  if (dtype == DType::boolean) return text_of(op).boolean;
  if (!is_float(dtype)) return text_of(op).integer;
  return dtype == DType::f64 ? text_of(op).f64 : text_of(op).f32;
}

bool is_half(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16; }

}  // namespace

std::string register_type(DType dtype) { return is_half(dtype) ? "f32" : name_of(dtype); }

std::string memory_type(DType dtype) { return dtype == DType::boolean ? "u8" : name_of(dtype); }

std::string loaded(DType dtype, const std::string& element) {
  if (dtype == DType::boolean) return fmt::format("({} != 0)", element);
  return is_half(dtype) ? fmt::format("f32_of({})", element) : element;
}

std::string stored(DType dtype, const std::string& value) {
  if (dtype == DType::boolean) return fmt::format("u8({})", value);
  return is_half(dtype) ? fmt::format("{}_of({})", name_of(dtype), value) : value;
}

std::string function_name(Op op) { return fmt::format("op_{}", name_of(op)); }

std::string function_text(const std::string& name, Op op, DType dtype) {
  const std::string type = register_type(dtype);
  const std::string result = is_comparison(op) ? "bool" : type;
  std::string operands = fmt::format("{} a", op == Op::where ? "bool" : type);
  for (int k = 1; k < operands_of(op); ++k) operands += fmt::format(", {} {}", type, k == 1 ? 'b' : 'c');
  return fmt::format("FUNCTION {} {}({}) {{ typedef {} T; return {}; }}\n", result, name, operands, type,
                     expression(op, dtype));
}

std::string cast_text(DType from, DType to, const std::string& value) {
  if (from == to) return value;
  if (to == DType::boolean) return fmt::format("({} != {}(0))", value, register_type(from));
  if (is_half(to)) {
    const std::string once = register_type(from) == "f32" ? value : fmt::format("odd_f32({})", value);
    return loaded(to, stored(to, once));
  }
  if (is_float(from) && !is_float(to)) return fmt::format("saturated_{}({})", name_of(to), value);
  return register_type(from) == register_type(to) ? value : fmt::format("{}({})", register_type(to), value);
}

}  // namespace anneal::array::gpu

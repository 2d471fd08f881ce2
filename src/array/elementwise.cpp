#include <fmt/core.h>

#include <algorithm>

#include "anneal/error.h"
#include "array/dtype.h"
#include "array/elementwise_functions.h"
#include "array/lazy.h"
#include "array/shape.h"

namespace anneal {
namespace {

using array::as_dtype;
using array::common_dtype;
using array::Op;

Array of_two(Op op, const Array& a, const Array& b, DType dtype) {
  return array::elementwise(op, dtype, {as_dtype(a, dtype), as_dtype(b, dtype)});
}

// Of booleans another operation, or'ing or and'ing them.
Array of_numbers(Op op, const Array& a, const Array& b, Op of_booleans) {
  const DType dtype = common_dtype({&a, &b});
  return of_two(dtype == DType::boolean ? of_booleans : op, a, b, dtype);
}

// NumPy has no such operation of booleans, and gives the next larger type.
DType larger_than_boolean(DType dtype) { return dtype == DType::boolean ? DType::i8 : dtype; }

void refuse_boolean(DType dtype, const char* what, const char* instead) {
  if (dtype != DType::boolean) return;
  throw Error(ErrorCode::invalid_argument, fmt::format("{} of bool is not defined: {}", what, instead));
}

void check_exponent(const Array& exponent, DType dtype) {
  const array::Node& node = *exponent.node();
  if (array::is_float(dtype) || node.kind != array::NodeKind::constant) return;
  if (array::is_float(node.dtype) || node.integer_constant >= 0) return;
  throw Error(
      ErrorCode::invalid_argument,
      fmt::format("power() of {} to the exponent {}: exponents of integers are 0 or more; cast() the base to f64",
                  name_of(dtype), node.integer_constant));
}

Array comparison(Op op, const Array& a, const Array& b) {
  DType dtype = common_dtype({&a, &b});
  // A number that the array's type cannot hold is still less or greater than its values.
  if (array::is_out_of_range(a, dtype) || array::is_out_of_range(b, dtype)) dtype = DType::i64;
  return array::elementwise(op, DType::boolean, {as_dtype(a, dtype), as_dtype(b, dtype)});
}

Array of_same(Op op, const Array& a) { return array::elementwise(op, a.dtype(), {a.node()}); }

Array of_float(Op op, const Array& a) {
  const DType dtype = array::float_for(a.dtype());
  return array::elementwise(op, dtype, {as_dtype(a, dtype)});
}

// Integers are whole.
Array rounding(Op op, const Array& a) { return array::is_float(a.dtype()) ? of_same(op, a) : a; }

bool is_signed(DType dtype) { return dtype != DType::boolean && dtype != DType::u8; }

}  // namespace

Array add(const Array& a, const Array& b) { return of_numbers(Op::add, a, b, Op::maximum); }

Array subtract(const Array& a, const Array& b) {
  const DType dtype = common_dtype({&a, &b});
  refuse_boolean(dtype, "subtract()", "use not_equal(), or cast() to i32");
  return of_two(Op::subtract, a, b, dtype);
}

Array multiply(const Array& a, const Array& b) { return of_numbers(Op::multiply, a, b, Op::minimum); }

Array divide(const Array& a, const Array& b) {
  const DType dtype = common_dtype({&a, &b});
  return of_two(Op::divide, a, b, array::is_float(dtype) ? dtype : DType::f64);
}

Array power(const Array& a, const Array& b) {
  const DType dtype = larger_than_boolean(common_dtype({&a, &b}));
  check_exponent(b, dtype);
  return of_two(Op::power, a, b, dtype);
}

Array modulo(const Array& a, const Array& b) {
  return of_two(Op::modulo, a, b, larger_than_boolean(common_dtype({&a, &b})));
}

Array minimum(const Array& a, const Array& b) { return of_two(Op::minimum, a, b, common_dtype({&a, &b})); }
Array maximum(const Array& a, const Array& b) { return of_two(Op::maximum, a, b, common_dtype({&a, &b})); }

Array negative(const Array& a) {
  refuse_boolean(a.dtype(), "negative()", "use equal(a, false), or cast() to i32");
  return of_same(Op::negative, a);
}

Array absolute(const Array& a) { return is_signed(a.dtype()) ? of_same(Op::absolute, a) : a; }

Array sign(const Array& a) {
  refuse_boolean(a.dtype(), "sign()", "cast() to i32");
  return of_same(Op::sign, a);
}

Array square_root(const Array& a) { return of_float(Op::square_root, a); }
Array reciprocal_square_root(const Array& a) { return of_float(Op::reciprocal_square_root, a); }
Array exponential(const Array& a) { return of_float(Op::exponential, a); }
Array logarithm(const Array& a) { return of_float(Op::logarithm, a); }
Array log1p(const Array& a) { return of_float(Op::log1p, a); }
Array expm1(const Array& a) { return of_float(Op::expm1, a); }
Array sine(const Array& a) { return of_float(Op::sine, a); }
Array cosine(const Array& a) { return of_float(Op::cosine, a); }
Array tangent(const Array& a) { return of_float(Op::tangent, a); }
Array hyperbolic_tangent(const Array& a) { return of_float(Op::hyperbolic_tangent, a); }
Array error_function(const Array& a) { return of_float(Op::error_function, a); }
Array sigmoid(const Array& a) { return of_float(Op::sigmoid, a); }
Array gelu(const Array& a) { return of_float(Op::gelu, a); }
Array silu(const Array& a) { return of_float(Op::silu, a); }

Array floor(const Array& a) { return rounding(Op::floor, a); }
Array ceil(const Array& a) { return rounding(Op::ceil, a); }
Array round(const Array& a) { return rounding(Op::round, a); }
Array relu(const Array& a) { return is_signed(a.dtype()) ? of_same(Op::relu, a) : a; }

Array equal(const Array& a, const Array& b) { return comparison(Op::equal, a, b); }
Array not_equal(const Array& a, const Array& b) { return comparison(Op::not_equal, a, b); }
Array less(const Array& a, const Array& b) { return comparison(Op::less, a, b); }
Array less_equal(const Array& a, const Array& b) { return comparison(Op::less_equal, a, b); }
Array greater(const Array& a, const Array& b) { return comparison(Op::greater, a, b); }
Array greater_equal(const Array& a, const Array& b) { return comparison(Op::greater_equal, a, b); }

Array where(const Array& condition, const Array& a, const Array& b) {
  const DType dtype = common_dtype({&a, &b});
  return array::elementwise(Op::where, dtype,
                            {as_dtype(condition, DType::boolean), as_dtype(a, dtype), as_dtype(b, dtype)});
}

Array clip(const Array& a, const Array& lowest, const Array& highest) { return minimum(maximum(a, lowest), highest); }

Array cast(const Array& a, DType dtype) { return array::cast_to(a, dtype); }

namespace array {
namespace {

struct OfOne {
  Op op;
  FunctionOfOne function;
};
constexpr OfOne functions_of_one[] = {
    {Op::negative, negative},
    {Op::absolute, absolute},
    {Op::sign, sign},
    {Op::square_root, square_root},
    {Op::reciprocal_square_root, reciprocal_square_root},
    {Op::exponential, exponential},
    {Op::logarithm, logarithm},
    {Op::log1p, log1p},
    {Op::expm1, expm1},
    {Op::sine, sine},
    {Op::cosine, cosine},
    {Op::tangent, tangent},
    {Op::hyperbolic_tangent, hyperbolic_tangent},
    {Op::error_function, error_function},
    {Op::sigmoid, sigmoid},
    {Op::gelu, gelu},
    {Op::silu, silu},
    {Op::floor, floor},
    {Op::ceil, ceil},
    {Op::round, round},
    {Op::relu, relu},
};

struct OfTwo {
  Op op;
  FunctionOfTwo function;
};
constexpr OfTwo functions_of_two[] = {
    {Op::add, add},           {Op::subtract, subtract},
    {Op::multiply, multiply}, {Op::divide, divide},
    {Op::power, power},       {Op::modulo, modulo},
    {Op::minimum, minimum},   {Op::maximum, maximum},
    {Op::equal, equal},       {Op::not_equal, not_equal},
    {Op::less, less},         {Op::less_equal, less_equal},
    {Op::greater, greater},   {Op::greater_equal, greater_equal},
};

template <class Table>
auto found(const Table& table, Op op) {
  const auto row = std::ranges::find_if(table, [op](const auto& candidate) { return candidate.op == op; });
  return row == std::end(table) ? nullptr : row->function;
}

}  // namespace

FunctionOfOne function_of_one(Op op) { return found(functions_of_one, op); }
FunctionOfTwo function_of_two(Op op) { return found(functions_of_two, op); }

}  // namespace array

}  // namespace anneal

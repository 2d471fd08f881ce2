// Dtypes, shapes and errors; what values come out is for the interpreter's tests.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>

#include "anneal/array.h"
#include "array/node.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

using test::thrown_by;

constexpr DType all[] = {DType::boolean, DType::u8,   DType::i8,  DType::i32, DType::i64,
                         DType::f16,     DType::bf16, DType::f32, DType::f64};

Array ones(DType dtype) { return Array::full({2}, 1, dtype).broadcast_to({2}); }

// What an operation of each of `all` gives, with "-" for an error.
using Names = std::vector<std::string>;

Names dtypes_of(const std::function<Array(const Array&)>& operation) {
  Names names;
  for (const DType dtype : all) {
    try {
      names.push_back(name_of(operation(ones(dtype)).dtype()));
    } catch (const Error&) {
      names.emplace_back("-");
    }
  }
  return names;
}

using OfOne = Array (*)(const Array&);
using OfTwo = Array (*)(const Array&, const Array&);

// These tables are NumPy 2.4's, with ml_dtypes for bf16, but for round() of integers.
TEST(Elementwise, OperationsOfTwoGiveNumPysDtypes) {
  const Names same = {"bool", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};
  const Names not_of_bool = {"-", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};
  const Names larger_than_bool = {"i8", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};
  const Names floats = {"f64", "f64", "f64", "f64", "f64", "f16", "bf16", "f32", "f64"};
  const Names booleans(9, "bool");
  const std::vector<std::pair<OfTwo, Names>> table = {
      {add, same},           {subtract, not_of_bool},   {multiply, same},
      {divide, floats},      {power, larger_than_bool}, {modulo, larger_than_bool},
      {minimum, same},       {maximum, same},           {equal, booleans},
      {not_equal, booleans}, {less, booleans},          {less_equal, booleans},
      {greater, booleans},   {greater_equal, booleans}};
  for (std::size_t k = 0; k < table.size(); ++k) {
    const auto& [operation, names] = table[k];
    EXPECT_EQ(dtypes_of([&](const Array& a) { return operation(a, a); }), names) << "row " << k;
  }
}

TEST(Elementwise, OperationsOfOneGiveNumPysDtypes) {
  const Names same = {"bool", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};
  const Names not_of_bool = {"-", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};
  const Names floats = {"f16", "f16", "f16", "f64", "f64", "f16", "bf16", "f32", "f64"};
  for (const OfOne operation : {absolute, floor, ceil, round, relu}) EXPECT_EQ(dtypes_of(operation), same);
  for (const OfOne operation : {negative, sign}) EXPECT_EQ(dtypes_of(operation), not_of_bool);
  for (const OfOne operation : {square_root, reciprocal_square_root, exponential, logarithm, log1p, sine, cosine,
                                tangent, hyperbolic_tangent, error_function, sigmoid, gelu, silu}) {
    EXPECT_EQ(dtypes_of(operation), floats);
  }
}

TEST(Elementwise, NumbersYieldToArrays) {
  const Names same = {"bool", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};
  const Names with_integer = {"i64", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"};
  const Names with_float = {"f64", "f64", "f64", "f64", "f64", "f16", "bf16", "f32", "f64"};
  EXPECT_EQ(dtypes_of([](const Array& a) { return a + Array(true); }), same);
  EXPECT_EQ(dtypes_of([](const Array& a) { return a + 1; }), with_integer);
  EXPECT_EQ(dtypes_of([](const Array& a) { return 1 + a; }), with_integer);
  EXPECT_EQ(dtypes_of([](const Array& a) { return a + 1.0; }), with_float);
  EXPECT_EQ(dtypes_of([](const Array& a) { return where(true, a, 2.0); }), with_float);
  EXPECT_EQ((Array(1) + Array(2)).dtype(), DType::i64);
  EXPECT_EQ((Array(1) + Array(2.0)).dtype(), DType::f64);
  EXPECT_EQ((Array(1) / Array(2)).dtype(), DType::f64);
  EXPECT_EQ((ones(DType::f32) + (Array(1.0) + 2.0)).dtype(), DType::f64) << "a result is no longer weak";
  EXPECT_EQ((ones(DType::f32) + cast(1.0, DType::f64)).dtype(), DType::f64) << "what was cast is not weak";
}

TEST(Elementwise, NumbersMustFit) {
  EXPECT_EQ(thrown_by([] { ones(DType::u8) + 300; }).line,
            "300 is out of range beside an array of u8, which holds 0 to 255: cast() the array first");
  EXPECT_EQ(thrown_by([] { ones(DType::i8) * -129; }).code, ErrorCode::invalid_argument);
  EXPECT_EQ((ones(DType::u8) / 300).dtype(), DType::f64);
  EXPECT_EQ(less(ones(DType::u8), 300).to_vector<std::uint8_t>(), std::vector<std::uint8_t>({1, 1}));
  EXPECT_EQ(less(-1, ones(DType::u8)).to_vector<std::uint8_t>(), std::vector<std::uint8_t>({1, 1}));
}

TEST(Elementwise, NumbersAreRoundedToTheArraysDtype) {
  EXPECT_EQ((Array::zeros({}, DType::f32) + 0.1).item(), 0.1F);
  EXPECT_EQ((Array::zeros({}, DType::f16) + 0.1).item(), 0x1.998p-4);
  EXPECT_EQ((Array::zeros({}, DType::i64) + std::int64_t{(1LL << 60) + 1}).to_vector<std::int64_t>().front(),
            (1LL << 60) + 1);
}

TEST(Elementwise, InputsHaveTheDtypeOfTheOperation) {
  const auto dtypes = [](const Array& a) {
    Names names;
    for (const auto& input : a.node()->inputs) names.push_back(name_of(input->dtype));
    return names;
  };
  EXPECT_EQ(dtypes(ones(DType::i32) + ones(DType::f32)), Names({"f64", "f64"}));
  EXPECT_EQ(dtypes(less(ones(DType::u8), ones(DType::i8))), Names({"i32", "i32"}));
  EXPECT_EQ(dtypes(where(ones(DType::f32), ones(DType::i8), 2.0)), Names({"bool", "f64", "f64"}));
  EXPECT_EQ(dtypes(exponential(ones(DType::boolean))), Names({"f16"}));
}

TEST(Elementwise, BooleansAreOredAndAnded) {
  const std::uint8_t bits[] = {0, 0, 1, 1};
  const Array a = Array::copy_of(bits, 4, DType::boolean, {2, 2});
  EXPECT_EQ((a + a.transpose()).to_vector<std::uint8_t>(), std::vector<std::uint8_t>({0, 1, 1, 1}));
  EXPECT_EQ((a * a.transpose()).to_vector<std::uint8_t>(), std::vector<std::uint8_t>({0, 0, 0, 1}));
  EXPECT_EQ(thrown_by([&] { a - a; }).line, "subtract() of bool is not defined: use not_equal(), or cast() to i32");
  EXPECT_EQ(thrown_by([&] { -a; }).line, "negative() of bool is not defined: use equal(a, false), or cast() to i32");
  EXPECT_EQ(thrown_by([&] { sign(a); }).line, "sign() of bool is not defined: cast() to i32");
}

TEST(Elementwise, IntegersHaveNoNegativePowers) {
  EXPECT_EQ(thrown_by([] { power(ones(DType::i32), -2); }).line,
            "power() of i32 to the exponent -2: exponents of integers are 0 or more; cast() the base to f64");
  EXPECT_EQ(power(ones(DType::f32), -2).dtype(), DType::f32);
  EXPECT_EQ(power(ones(DType::i32), -2.0).dtype(), DType::f64);
}

TEST(Elementwise, ShapesAreBroadcast) {
  const Array a = Array::zeros({3, 1}, DType::f32);
  EXPECT_EQ((a + Array::zeros({4}, DType::f32)).shape(), Shape({3, 4}));
  EXPECT_EQ(where(a, Array::zeros({2, 1, 1}, DType::f32), Array::zeros({4}, DType::f32)).shape(), Shape({2, 3, 4}));
  EXPECT_EQ((a + Array::zeros({0}, DType::f32)).shape(), Shape({3, 0}));
  EXPECT_EQ(
      thrown_by([&] { a + Array::zeros({4, 4}, DType::f32); }).line,
      "shapes (3, 1) and (4, 4) do not go together: sizes, from the last axis on, must be equal or 1, and there are "
      "3 and 4");
  const std::int64_t huge = std::int64_t{1} << 40;
  EXPECT_EQ(thrown_by([&] { Array::zeros({huge, 1}, DType::u8) + Array::zeros({huge}, DType::u8); }).code,
            ErrorCode::invalid_argument);
}

TEST(Elementwise, NothingIsDoneWhereNothingChanges) {
  const Array integers = ones(DType::i32);
  for (const OfOne operation : {floor, ceil, round}) EXPECT_EQ(operation(integers).node(), integers.node());
  const Array bytes = ones(DType::u8);
  for (const OfOne operation : {absolute, relu}) EXPECT_EQ(operation(bytes).node(), bytes.node());
  EXPECT_EQ(cast(bytes, DType::u8).node(), bytes.node());
}

TEST(Elementwise, CastsConstantsAtOnce) {
  const Array a = cast(Array::full({3}, 1.5, DType::f64), DType::i32);
  EXPECT_EQ(a.node()->kind, array::NodeKind::constant);
  EXPECT_EQ(a.to_vector<std::int32_t>(), std::vector<std::int32_t>({1, 1, 1}));
  EXPECT_EQ(cast(Array(300), DType::u8).item(), 44);
  EXPECT_EQ(cast(Array(0.5), DType::boolean).item(), 1);
  EXPECT_EQ(cast(Array(-0.5), DType::u8).item(), 0);
  EXPECT_EQ(cast(Array(-7.5), DType::u8).item(), 0);
  EXPECT_EQ(cast(Array(1e10), DType::i32).item(), 2147483647);
  EXPECT_EQ(cast(Array(-1e10), DType::i32).item(), -2147483648.0);
  EXPECT_EQ(cast(Array(1e30), DType::i64).to_vector<std::int64_t>(), std::vector<std::int64_t>({INT64_MAX}));
  EXPECT_EQ(cast(Array(NAN), DType::i8).item(), 0);
}

// 1 and half of f16's last place, and a little: rounded to f32 first it would be a tie. And the same of integers.
TEST(Elementwise, CastsOfConstantsRoundOnce) {
  const double real = 1 + 0x1p-11 + 0x1p-40;
  EXPECT_EQ(cast(Array(real), DType::f16).item(), 1 + 0x1p-10);
  const std::int64_t integer = (std::int64_t{1} << 60) + (std::int64_t{1} << 36) + 1;
  EXPECT_EQ(cast(Array(integer), DType::f32).item(), 0x1p60 + 0x1p37);
  const std::int64_t half = (std::int64_t{1} << 60) + (std::int64_t{1} << 52) + 1;
  EXPECT_EQ(cast(Array(half), DType::bf16).item(), 0x1p60 + 0x1p53);
}

}  // namespace
}  // namespace anneal

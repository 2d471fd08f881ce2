// The oracle itself, against values that NumPy 2.4 gives.
#include "plain_evaluate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace anneal::array::test {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();

double of_one(Op op, double a) { return result_of(op, DType::f64, {a, 0}, {}, {}).real; }
double of_two(Op op, double a, double b) { return result_of(op, DType::f64, {a, 0}, {b, 0}, {}).real; }
std::int64_t of_integers(Op op, DType dtype, std::int64_t a, std::int64_t b) {
  return result_of(op, dtype, {0, a}, {0, b}, {}).integer;
}

TEST(PlainEvaluate, KnowsModulo) {
  EXPECT_EQ(of_two(Op::modulo, 5, 3), 2);
  EXPECT_EQ(of_two(Op::modulo, -5, 3), 1);
  EXPECT_EQ(of_two(Op::modulo, 5, -3), -1);
  EXPECT_EQ(of_two(Op::modulo, -5, -3), -2);
  EXPECT_EQ(of_two(Op::modulo, -1, inf), inf);
  EXPECT_TRUE(std::signbit(of_two(Op::modulo, 0, -2)));
  EXPECT_TRUE(std::isnan(of_two(Op::modulo, 1, 0)));
  EXPECT_EQ(of_integers(Op::modulo, DType::i8, -5, 3), 1);
  EXPECT_EQ(of_integers(Op::modulo, DType::i8, 5, 0), 0);
  EXPECT_EQ(of_integers(Op::modulo, DType::i64, INT64_MIN, -1), 0);
}

TEST(PlainEvaluate, WrapsIntegers) {
  EXPECT_EQ(of_integers(Op::add, DType::u8, 200, 100), 44);
  EXPECT_EQ(of_integers(Op::multiply, DType::i8, 100, 3), 44);
  EXPECT_EQ(of_integers(Op::subtract, DType::i64, INT64_MIN, 1), INT64_MAX);
  EXPECT_EQ(of_integers(Op::negative, DType::u8, 1, 0), 255);
  EXPECT_EQ(of_integers(Op::absolute, DType::i8, -128, 0), -128);
  EXPECT_EQ(of_integers(Op::power, DType::i8, 3, 5), -13);
  EXPECT_EQ(of_integers(Op::power, DType::i32, -3, 3), -27);
}

TEST(PlainEvaluate, KnowsFunctions) {
  EXPECT_EQ(of_one(Op::sign, -3), -1);
  EXPECT_TRUE(std::isnan(of_one(Op::sign, NAN)));
  EXPECT_TRUE(std::isnan(of_two(Op::minimum, 1, NAN)) && std::isnan(of_two(Op::maximum, NAN, 1)));
  EXPECT_EQ(of_one(Op::round, 2.5), 2);
  EXPECT_EQ(of_one(Op::round, -3.5), -4);
  EXPECT_NEAR(of_one(Op::exponential, -1.5), 0.22313016, 1e-8);
  EXPECT_NEAR(of_one(Op::hyperbolic_tangent, 2), 0.96402758, 1e-8);
  EXPECT_NEAR(of_one(Op::reciprocal_square_root, 16), 0.25, 1e-16);
  EXPECT_NEAR(of_one(Op::sigmoid, 0.5) + of_one(Op::sigmoid, -0.5), 1, 1e-15);
  EXPECT_NEAR(of_one(Op::gelu, 3) - of_one(Op::gelu, -3), 3, 1e-14);
  EXPECT_NEAR(of_one(Op::silu, 3) - of_one(Op::silu, -3), 3, 1e-14);
  EXPECT_EQ(of_one(Op::relu, -2), 0);
}

TEST(PlainEvaluate, RoundsToF32AfterEachOperation) {
  EXPECT_EQ(result_of(Op::add, DType::f32, {1, 0}, {1e-9, 0}, {}).real, 1);
  EXPECT_EQ(result_of(Op::divide, DType::f16, {1, 0}, {3, 0}, {}).real, 1.0F / 3);
  const Array third = Array::full({}, 1, DType::f16) / 3;
  EXPECT_EQ(third.item(), 0x1.554p-2);
}

TEST(PlainEvaluate, CastsByCsConversions) {
  EXPECT_EQ(converted({-1.75, 0}, DType::f64, DType::i32).integer, -1);
  EXPECT_EQ(converted({0, -1}, DType::i64, DType::u8).integer, 255);
  EXPECT_EQ(converted({0, 200}, DType::u8, DType::i8).integer, -56);
  EXPECT_EQ(converted({NAN, 0}, DType::f32, DType::boolean).integer, 1);
  EXPECT_EQ(converted({0, 3}, DType::i32, DType::boolean).integer, 1);
  EXPECT_EQ(converted({1e300, 0}, DType::f64, DType::f32).real, inf);
  EXPECT_EQ(converted({2049, 0}, DType::f32, DType::f16).real, 2048);
  EXPECT_EQ(converted({1e300, 0}, DType::f64, DType::i32).integer, INT32_MAX);
  EXPECT_EQ(converted({-1e300, 0}, DType::f64, DType::i64).integer, INT64_MIN);
}

}  // namespace
}  // namespace anneal::array::test

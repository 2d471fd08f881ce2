#include <gtest/gtest.h>

#include <cmath>

#include "anneal/array.h"
#include "unit/io/thrown.h"

namespace anneal {
namespace {

using test::thrown_by;

constexpr DType all_dtypes[] = {DType::boolean, DType::u8,   DType::i8,  DType::i32, DType::i64,
                                DType::f16,     DType::bf16, DType::f32, DType::f64};

using Integers = std::vector<std::int64_t>;

Array counted() { return Array::arange(24, DType::i64).reshape({2, 3, 4}); }

TEST(Reductions, GiveNumPysDtypes) {
  for (const DType dtype : all_dtypes) {
    const Array a = Array::zeros({2}, dtype);
    const bool is_float = dtype >= DType::f16;
    EXPECT_EQ(sum(a).dtype(), is_float ? dtype : DType::i64);
    EXPECT_EQ(prod(a).dtype(), is_float ? dtype : DType::i64);
    EXPECT_EQ(mean(a).dtype(), is_float ? dtype : DType::f64);
    EXPECT_EQ(var(a).dtype(), is_float ? dtype : DType::f64);
    EXPECT_EQ(min(a).dtype(), dtype);
    EXPECT_EQ(max(a).dtype(), dtype);
    EXPECT_EQ(any(a).dtype(), DType::boolean);
    EXPECT_EQ(all(a).dtype(), DType::boolean);
    EXPECT_EQ(argmin(a).dtype(), DType::i64);
    EXPECT_EQ(argmax(a).dtype(), DType::i64);
  }
}

TEST(Reductions, AreOverTheAxesThatAreNamed) {
  EXPECT_EQ(sum(counted()).item(), 276);
  EXPECT_EQ(sum(counted(), {.axes = {1}}).to_vector<std::int64_t>(), Integers({12, 15, 18, 21, 48, 51, 54, 57}));
  EXPECT_EQ(sum(counted(), {.axes = {-1, 0}}).to_vector<std::int64_t>(), Integers({60, 92, 124}));
  EXPECT_EQ(max(counted(), {.axes = {0, 2}}).to_vector<std::int64_t>(), Integers({15, 19, 23}));
  EXPECT_EQ(sum(counted().transpose(), {.axes = {0}}).to_vector<std::int64_t>(), Integers({6, 54, 22, 70, 38, 86}));
}

TEST(Reductions, KeepAxes) {
  EXPECT_EQ(sum(counted()).shape(), Shape());
  EXPECT_EQ(sum(counted(), {.keep_axes = true}).shape(), Shape({1, 1, 1}));
  EXPECT_EQ(sum(counted(), {.axes = {1}}).shape(), Shape({2, 4}));
  EXPECT_EQ(sum(counted(), {.axes = {1}, .keep_axes = true}).shape(), Shape({2, 1, 4}));
  EXPECT_EQ(argmax(counted(), -1).shape(), Shape({2, 3}));
  EXPECT_EQ(argmax(counted(), -1, true).shape(), Shape({2, 3, 1}));
  EXPECT_EQ(argmax(counted(), {}, true).shape(), Shape({1, 1, 1}));
  EXPECT_EQ(sum(Array(3)).item(), 3);
}

TEST(Reductions, OfNoElements) {
  const Array a = Array::zeros({0, 3}, DType::f32);
  EXPECT_EQ(sum(a, {.axes = {0}}).to_vector<float>(), std::vector<float>({0, 0, 0}));
  EXPECT_EQ(prod(a, {.axes = {0}}).to_vector<float>(), std::vector<float>({1, 1, 1}));
  EXPECT_EQ(any(a).item(), 0);
  EXPECT_EQ(all(a).item(), 1);
  EXPECT_TRUE(std::isnan(mean(a).item()));
  EXPECT_EQ(min(a, {.axes = {1}}).shape(), Shape({0}));
  EXPECT_EQ(argmin(a, 1).shape(), Shape({0}));
  EXPECT_EQ(thrown_by([&] { min(a, {.axes = {0}}); }).line,
            "min() over no elements of shape (0, 3), axes (0,): the sizes of these axes must be 1 or more");
  EXPECT_EQ(thrown_by([&] { argmax(a); }).line,
            "argmax() over no elements of shape (0, 3), axes (0, 1): the sizes of these axes must be 1 or more");
}

TEST(Reductions, NameWrongAxes) {
  EXPECT_EQ(thrown_by([] { sum(counted(), {.axes = {3}}); }).line,
            "sum(): shape (2, 3, 4) has no axis 3; it must be -3 to 2");
  EXPECT_EQ(thrown_by([] { max(counted(), {.axes = {1, -2}}); }).line,
            "max(): axis 1 of shape (2, 3, 4) is given twice; name each axis once");
  EXPECT_EQ(thrown_by([] { argmin(counted(), -4); }).line,
            "argmin(): shape (2, 3, 4) has no axis -4; it must be -3 to 2");
  EXPECT_EQ(thrown_by([] { mean(Array(1.0), {.axes = {0}}); }).line, "mean(): axis 0 of shape (), which has no axes");
}

TEST(Reductions, FindTheFirstBest) {
  const std::vector<float> values = {2, 1, 1, 3, 3, NAN, 0, NAN, 4};
  const Array a = Array::from<float>(values, {3, 3});
  EXPECT_EQ(argmin(a, 1).to_vector<std::int64_t>(), Integers({1, 2, 1}));
  EXPECT_EQ(argmax(a, 1).to_vector<std::int64_t>(), Integers({0, 2, 1}));
  EXPECT_EQ(argmin(a).item(), 5);
  EXPECT_TRUE(std::isnan(max(a).item()));
  EXPECT_EQ(argmax(Array::from<float>(std::span(values).first(5), {5})).item(), 3);
}

TEST(Reductions, WrapIntegersAt64BitsOnly) {
  EXPECT_EQ(sum(Array::full({3}, 255, DType::u8)).item(), 765);
  EXPECT_EQ(prod(Array::full({3}, -128, DType::i8)).item(), -2097152);
  EXPECT_EQ(sum(Array::full({5}, 1, DType::boolean)).item(), 5);
}

TEST(Reductions, NotANumberIsTrue) {
  EXPECT_EQ(any(Array::full({1}, NAN, DType::f32)).item(), 1);
  EXPECT_EQ(all(Array::full({1}, 0.25, DType::f16)).item(), 1);
}

}  // namespace
}  // namespace anneal

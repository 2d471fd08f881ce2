#include "array/linalg/matmul.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <tbb/global_control.h>

#include <cmath>
#include <limits>

#include "unit/array/random_array.h"

namespace anneal::array::linalg {
namespace {

using test::is_float;
using test::Random;
using test::random_array;
using test::RandomArray;
using testing::AllOf;
using testing::HasSubstr;

// Operands' places of the k-th product of one of the result's elements, as numpy.matmul says.
struct Terms {
  std::size_t a_axes;
  std::size_t b_axes;
  const Strided& a;
  const Strided& b;
  Shape place;  // in the result

  Shape a_place(std::int64_t k) const {
    if (a_axes == 1) return {k};
    const std::size_t columns = b_axes == 1 ? 0 : 1;
    Shape whole(place.begin(), place.end() - static_cast<std::ptrdiff_t>(columns));
    Shape result(whole.end() - static_cast<std::ptrdiff_t>(a_axes - 1), whole.end());
    result.push_back(k);
    return clipped(result, a.shape);
  }
  Shape b_place(std::int64_t k) const {
    if (b_axes == 1) return {k};
    Shape batch(place.begin(), place.end() - (a_axes == 1 ? 1 : 2));
    Shape result(batch.end() - static_cast<std::ptrdiff_t>(b_axes - 2), batch.end());
    result.push_back(k);
    result.push_back(place.back());
    return clipped(result, b.shape);
  }
  static Shape clipped(Shape place, const Shape& shape) {
    for (std::size_t axis = 0; axis < place.size(); ++axis) {
      if (shape[axis] == 1) place[axis] = 0;
    }
    return place;
  }
};

Terms terms_at(const Strided& a, const Strided& b, const Shape& place) {
  // Axes of the batch that an operand lacks are cut off the front of the place.
  return {a.shape.size(), b.shape.size(), a, b, place};
}

struct Operands {
  RandomArray a;
  RandomArray b;
  Shape result;
};

// Batches that broadcast, and one axis at times.
Operands random_operands(Random& random, DType dtype, int most) {
  const auto size = [&] { return random.chance(0.05) ? std::int64_t{0} : std::int64_t{random.between(1, most)}; };
  const std::int64_t rows = size();
  const std::int64_t inner = size();
  const std::int64_t columns = size();
  const Shape batch = test::random_shape(random, 2, 3);
  Shape a = batch;
  Shape b = batch;
  for (std::size_t axis = 0; axis < batch.size(); ++axis) {
    if (random.chance(0.5)) (random.chance(0.5) ? a : b)[axis] = 1;
  }
  if (random.chance(0.3)) a.clear();
  if (random.chance(0.3)) b.erase(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(random.below(b.size() + 1)));
  Shape result = broadcast_shape(a, b, "test");
  const bool a_is_vector = random.chance(0.15);
  const bool b_is_vector = random.chance(0.15);
  if (a_is_vector) a.clear();
  if (b_is_vector) b.clear();
  if (a_is_vector || b_is_vector) result = broadcast_shape(a, b, "test");
  if (!a_is_vector) a.push_back(rows);
  a.push_back(inner);
  b.push_back(inner);
  if (!b_is_vector) b.push_back(columns);
  if (!a_is_vector) result.push_back(rows);
  if (!b_is_vector) result.push_back(columns);
  return {random_array(random, dtype, a), random_array(random, dtype, b), result};
}

void check_product(const Strided& a, const Strided& b, const Strided& result) {
  const DType dtype = a.dtype;
  const std::int64_t inner = a.shape.back();
  // f16 and bf16 are added up in f32.
  const double step = std::min(test::precision_of(dtype), 0x1p-22);
  test::for_each_place(result.shape, [&](const Shape& place) {
    const Terms terms = terms_at(a, b, place);
    if (!is_float(dtype)) {
      std::uint64_t sum = 0;
      for (std::int64_t k = 0; k < inner; ++k) {
        sum += static_cast<std::uint64_t>(test::integer_at(a, terms.a_place(k))) *
               static_cast<std::uint64_t>(test::integer_at(b, terms.b_place(k)));
      }
      RC_ASSERT(test::integer_at(result, place) == test::wrapped(sum, dtype));
      return;
    }
    double sum = 0;
    double size = 0;
    for (std::int64_t k = 0; k < inner; ++k) {
      const double term = test::number_at(a, terms.a_place(k)) * test::number_at(b, terms.b_place(k));
      sum += term;
      size += std::abs(term);
    }
    const double allowed = step * static_cast<double>(inner) * size + test::precision_of(dtype) * std::abs(sum) + 1e-7;
    RC_ASSERT(std::abs(test::number_at(result, place) - sum) <= allowed);
  });
}

RC_GTEST_PROP(Matmul, IsThatOfPlainLoops, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const DType dtype = random.pick(test::all_dtypes);
  const Operands operands = random_operands(random, dtype, random.chance(0.8) ? 6 : 40);
  RC_LOG() << static_cast<int>(dtype) << text_of(operands.a.view.shape) << text_of(operands.b.view.shape) << std::endl;
  const Values product = matmul(operands.a.view, operands.b.view);
  RC_ASSERT(product.elements.shape == operands.result);
  RC_ASSERT(product.elements.dtype == dtype);
  check_product(operands.a.view, operands.b.view, product.elements);
}

// More than a tile, more than a block of integers.
TEST(Matmul, OfSeveralTilesIsThatOfPlainLoops) {
  Random random(2);
  for (const DType dtype : {DType::boolean, DType::i8, DType::i64, DType::bf16, DType::f32, DType::f64}) {
    for (const Shape& sizes : {Shape{300, 70, 9}, Shape{5, 3, 1100}, Shape{700, 90, 1}}) {  // rows, inner, columns
      const auto a = random_array(random, dtype, {sizes[0], sizes[1]});
      const auto b = random_array(random, dtype, {sizes[1], sizes[2]});
      check_product(a.view, b.view, matmul(a.view, b.view).elements);
    }
  }
}

// The bias is added to each row, and the activation gets the sum: here -2 x.
void times_minus_two(void* to, const void* a, const void*, const void*, std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) static_cast<float*>(to)[k] = static_cast<const float*>(a)[k] * -2;
  // Kernels may write behind the end.
  for (std::size_t k = count; k < count + 16; ++k) static_cast<float*>(to)[k] = 1e30F;
}

RC_GTEST_PROP(Matmul, AddsTheBiasAndThenActivates, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const DType dtype = random.pick(std::vector<DType>{DType::f16, DType::bf16, DType::f32});
  const Operands operands = random_operands(random, dtype, random.chance(0.8) ? 6 : 60);
  RC_PRE(!operands.result.empty());
  const Values product = matmul(operands.a.view, operands.b.view);
  const auto bias = random_array(random, dtype, {operands.result.back()});
  const Values result = matmul(operands.a.view, operands.b.view, {.bias = bias.view, .activation = times_minus_two});
  for (const Shape& place : test::places_of(operands.result)) {
    const double term = test::number_at(product.elements, place);
    const double added = test::number_at(bias.view, {place.back()});
    // The product with a bias may add up in another order.
    const Terms terms = terms_at(operands.a.view, operands.b.view, place);
    const std::int64_t inner = operands.a.view.shape.back();
    double size = 0;
    for (std::int64_t k = 0; k < inner; ++k) {
      size += std::abs(test::number_at(operands.a.view, terms.a_place(k)) *
                       test::number_at(operands.b.view, terms.b_place(k)));
    }
    const double allowed = 4 * (test::precision_of(dtype) * (std::abs(term) + std::abs(added)) +
                                0x1p-24 * static_cast<double>(inner) * size);
    RC_ASSERT(std::abs(test::number_at(result.elements, place) + 2 * (term + added)) <= allowed);
  }
}

TEST(Matmul, OfWideRowsIsActivatedToTheEnd) {
  Random random(3);
  const auto a = random_array(random, DType::f32, {3, 2});
  const auto b = random_array(random, DType::f32, {2, 2500});
  const Values plain = matmul(a.view, b.view);
  const Values result = matmul(a.view, b.view, {.activation = times_minus_two});
  for (const Shape& place : test::places_of({3, 2500})) {
    ASSERT_EQ(test::number_at(result.elements, place), -2 * test::number_at(plain.elements, place)) << text_of(place);
  }
}

// A row of `a` with them must not touch other rows, and a 0 in `a` must not hide them.
TEST(Matmul, KeepsNaNAndInfinityInTheirRows) {
  for (const std::int64_t columns : {1, 2, 33}) {
    for (const double special : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      std::vector<double> a(20 * 30, 0.0);
      a[7 * 30 + 4] = special;
      std::vector<double> b(static_cast<std::size_t>(30 * columns), 0.0);
      const Strided left{reinterpret_cast<const std::byte*>(a.data()), DType::f64, {20, 30}, {30, 1}};
      const Strided right{reinterpret_cast<const std::byte*>(b.data()), DType::f64, {30, columns}, {columns, 1}};
      const Values product = matmul(left, right);
      for (const Shape& place : test::places_of({20, columns})) {
        const double value = test::number_at(product.elements, place);
        EXPECT_EQ(std::isnan(value), place[0] == 7) << text_of(place);  // infinity * 0, too
      }
    }
  }
}

TEST(Matmul, DoesNotDependOnTheNumberOfThreads) {
  Random random(4);
  const auto a = random_array(random, DType::f32, {3, 700, 130});
  const auto b = random_array(random, DType::f32, {130, 1300});
  const Values shared = matmul(a.view, b.view);
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const Values alone = matmul(a.view, b.view);
  EXPECT_TRUE(std::equal(shared.elements.data, shared.elements.data + 3 * 700 * 1300 * 4, alone.elements.data));
}

TEST(Matmul, NamesShapesThatDoNotFit) {
  Random random(5);
  const auto error = [&](Shape a, Shape b, std::optional<Shape> bias = {}) {
    const auto left = random_array(random, DType::f32, std::move(a));
    const auto right = random_array(random, DType::f32, std::move(b));
    ProductOptions options;
    RandomArray added;
    if (bias) {
      added = random_array(random, DType::f32, *bias);
      options.bias = added.view;
    }
    return test::error_of([&] { matmul(left.view, right.view, options); });
  };
  EXPECT_THAT(error({2, 3}, {2, 3}), AllOf(HasSubstr("matmul"), HasSubstr("(2, 3) and (2, 3)")));
  EXPECT_THAT(error({2, 2, 3}, {3, 3, 2}), AllOf(HasSubstr("(2, 2, 3) and (3, 3, 2)"), HasSubstr("broadcast")));
  EXPECT_THAT(error({}, {3}), AllOf(HasSubstr("() and (3,)"), HasSubstr("at least one axis")));
  EXPECT_THAT(error({2, 3}, {3, 4}, Shape{3}), AllOf(HasSubstr("bias of shape (3,)"), HasSubstr("(2, 4)")));
  EXPECT_THAT(error({3}, {3}, Shape{1}), HasSubstr("bias"));
}

}  // namespace
}  // namespace anneal::array::linalg

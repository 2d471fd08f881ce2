#include "array/arrange/order.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "unit/array/random_array.h"

namespace anneal::array::arrange {
namespace {

using test::is_float;
using test::Random;
using test::random_array;
using test::RandomArray;
using testing::AllOf;
using testing::HasSubstr;

// Whether the element at one place comes before that at another: by value, NaN last, then by place.
bool comes_before(const Strided& a, const Shape& x, const Shape& y, std::size_t axis, bool largest_first) {
  if (is_float(a.dtype)) {
    const double u = test::number_at(a, x);
    const double v = test::number_at(a, y);
    if (std::isnan(u) != std::isnan(v)) return std::isnan(v) != largest_first;
    if (!std::isnan(u) && u != v) return (u < v) != largest_first;
  } else {
    const std::int64_t u = test::integer_at(a, x);
    const std::int64_t v = test::integer_at(a, y);
    if (u != v) return (u < v) != largest_first;
  }
  return x[axis] < y[axis];
}

struct Case {
  RandomArray a;
  std::size_t axis;
};

Case random_case(Random& random) {
  Shape shape = test::random_shape(random, 2, 4);
  const auto axis = static_cast<std::size_t>(random.below(shape.size() + 1));
  shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(axis),
               random.chance(0.2) ? random.between(30, 90) : random.between(0, 9));
  const auto special = random.chance(0.7) ? test::Special::some : test::Special::none;
  return {random_array(random, random.pick(test::all_dtypes), shape, special), axis};
}

// Places hold each place of a line once, in order, up to the size of the axis.
void check_places(const Case& c, const Strided& places, bool largest_first) {
  const Shape& shape = c.a.view.shape;
  for (const Shape& place : test::places_of(places.shape)) {
    if (place[c.axis] != 0) continue;
    std::set<std::int64_t> seen;
    Shape before;
    for (Shape there = place; there[c.axis] < places.shape[c.axis]; ++there[c.axis]) {
      Shape source = there;
      source[c.axis] = test::integer_at(places, there);
      RC_ASSERT((source[c.axis] >= 0 && source[c.axis] < shape[c.axis]));
      RC_ASSERT(seen.insert(source[c.axis]).second);
      RC_ASSERT((before.empty() || comes_before(c.a.view, before, source, c.axis, largest_first)));
      before = source;
    }
    // What was left out comes after the last one.
    Shape rest = place;
    for (rest[c.axis] = 0; rest[c.axis] < shape[c.axis]; ++rest[c.axis]) {
      if (seen.contains(rest[c.axis])) continue;
      RC_ASSERT((before.empty() || comes_before(c.a.view, before, rest, c.axis, largest_first)));
    }
  }
}

void check_values(const Case& c, const Strided& places, const Strided& values) {
  for (const Shape& place : test::places_of(places.shape)) {
    Shape source = place;
    source[c.axis] = test::integer_at(places, place);
    if (is_float(values.dtype) && std::isnan(test::number_at(values, place))) {
      RC_ASSERT(std::isnan(test::number_at(c.a.view, source)));
    } else {
      RC_ASSERT(test::bytes_at(values, place) == test::bytes_at(c.a.view, source));
    }
  }
}

RC_GTEST_PROP(Order, ArgsortGivesPlacesInOrder, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Case c = random_case(random);
  const Values places = argsort(c.a.view, static_cast<int>(c.axis));
  RC_ASSERT(places.elements.dtype == DType::i64);
  RC_ASSERT(places.elements.shape == c.a.view.shape);
  check_places(c, places.elements, false);
}

RC_GTEST_PROP(Order, SortGivesWhatIsAtThesePlaces, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Case c = random_case(random);
  const int axis = static_cast<int>(c.axis) - (random.chance(0.5) ? static_cast<int>(c.a.view.shape.size()) : 0);
  const Values sorted = sort(c.a.view, axis);
  RC_ASSERT(sorted.elements.dtype == c.a.view.dtype);
  check_values(c, argsort(c.a.view, axis).elements, sorted.elements);
}

RC_GTEST_PROP(Order, TopKGivesTheLargest, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Case c = random_case(random);
  const std::int64_t count = random.between(0, static_cast<int>(c.a.view.shape[c.axis]));
  const Top top = top_k(c.a.view, count, static_cast<int>(c.axis));
  Shape shape = c.a.view.shape;
  shape[c.axis] = count;
  RC_ASSERT(top.values.elements.shape == shape);
  RC_ASSERT(top.places.elements.shape == shape);
  check_places(c, top.places.elements, true);
  check_values(c, top.places.elements, top.values.elements);
}

TEST(Order, NamesWhatIsOutOfRange) {
  Random random(1);
  const auto a = random_array(random, DType::f32, {2, 5});
  EXPECT_THAT(test::error_of([&] { top_k(a.view, 6, 1); }),
              AllOf(HasSubstr("top_k: 6"), HasSubstr("(2, 5)"), HasSubstr("0 to 5")));
  EXPECT_THAT(test::error_of([&] { top_k(a.view, -1, 1); }), HasSubstr("top_k: -1"));
  EXPECT_THAT(test::error_of([&] { sort(a.view, 2); }), HasSubstr("sort: shape (2, 5) has no axis 2"));
  EXPECT_THAT(test::error_of([&] { argsort(a.view, -3); }), HasSubstr("argsort: shape (2, 5) has no axis -3"));
}

}  // namespace
}  // namespace anneal::array::arrange

#include "array/views.h"

#include <gtest/gtest.h>

#include <map>

#include "array/slicing.h"
#include "plain_evaluate.h"
#include "random_views.h"
#include "unit/io/thrown.h"

namespace anneal::array {
namespace {

using anneal::test::thrown_by;
using test::Random;

using Model = std::map<Shape, std::int64_t>;

// The value at each place.
Model model_of(const Array& a) {
  Model model;
  const auto values = a.to_vector<std::int64_t>();
  const Shape strides = contiguous_strides(a.shape());
  for (std::int64_t k = 0; k < a.size(); ++k) {
    Shape place;
    for (std::size_t axis = 0; axis < strides.size(); ++axis) place.push_back(k / strides[axis] % a.shape()[axis]);
    model[place] = values[static_cast<std::size_t>(k)];
  }
  return model;
}

std::vector<Slice> random_slices(Random& random, const Shape& shape) {
  std::vector<Slice> slices(random.below(shape.size() + 1));
  for (std::size_t axis = 0; axis < slices.size(); ++axis) {
    Slice& slice = slices[axis];
    slice.step = random.between(1, 3) * (random.chance(0.5) ? 1 : -1);
    const auto size = static_cast<int>(shape[axis]);
    const int highest = slice.step > 0 ? size : size - 1;
    if (highest < -size) continue;
    if (random.chance(0.6)) slice.first = random.between(-size, highest);
    if (random.chance(0.6)) slice.last = random.between(-size, highest);
  }
  return slices;
}

TEST(Views, SlicesHaveTheElementsOfTheirPlaces) {
  Random random(1);
  for (int k = 0; k < 2000; ++k) {
    const Array a = test::random_array(random, test::random_shape(random, 4));
    const std::vector<Slice> slices = random_slices(random, a.shape());
    const Array view = a.slice(slices);
    Model all = model_of(a);
    for (const auto& [place, value] : model_of(view)) {
      Shape from = place;
      for (std::size_t axis = 0; axis < slices.size(); ++axis) {
        from[axis] = places_of(slices[axis], a.shape()[axis]).first + place[axis] * slices[axis].step;
      }
      EXPECT_EQ(value, all.at(from));
    }
    for (std::size_t axis = 0; axis < view.shape().size(); ++axis) {
      EXPECT_EQ(view.shape()[axis],
                axis < slices.size() ? places_of(slices[axis], a.shape()[axis]).count : a.shape()[axis]);
    }
  }
}

TEST(Views, TransposesMoveAxes) {
  Random random(2);
  for (int k = 0; k < 1000; ++k) {
    const Array a = test::random_array(random, test::random_shape(random, 4));
    std::vector<int> order(a.shape().size());
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[random.below(left)]);
    Model all = model_of(a);
    for (const auto& [place, value] : model_of(a.transpose(order))) {
      Shape from(place.size());
      for (std::size_t axis = 0; axis < place.size(); ++axis) from[static_cast<std::size_t>(order[axis])] = place[axis];
      EXPECT_EQ(value, all.at(from));
    }
  }
}

TEST(Views, TransposesInReverse) {
  const Array a = Array::arange(24, DType::i32).reshape({2, 3, 4});
  EXPECT_EQ(a.transpose().shape(), Shape({4, 3, 2}));
  EXPECT_EQ(a.transpose().strides(), Shape({1, 4, 12}));
  EXPECT_EQ(a.transpose({-1, 0, 1}).shape(), Shape({4, 2, 3}));
  EXPECT_EQ(Array(1.0).transpose().shape(), Shape());
}

TEST(Views, ShareMemory) {
  const Array a = Array::arange(12, DType::i64).reshape({3, 4});
  const Slice last{.first = -1};
  EXPECT_EQ(a.slice({&last, 1}).data(), static_cast<const std::int64_t*>(a.data()) + 8);
  EXPECT_EQ(a.transpose().data(), a.data());
  EXPECT_EQ(a.broadcast_to({2, 3, 4}).data(), a.data());
  EXPECT_EQ(a.broadcast_to({2, 3, 4}).strides(), Shape({0, 4, 1}));
}

TEST(Views, Broadcast) {
  const Array column = Array::arange(3, DType::i64).reshape({3, 1});
  EXPECT_EQ(column.broadcast_to({3, 2}).to_vector<std::int64_t>(), std::vector<std::int64_t>({0, 0, 1, 1, 2, 2}));
  EXPECT_EQ(column.broadcast_to({3, 0}).to_vector<std::int64_t>(), std::vector<std::int64_t>());
  EXPECT_EQ(Array(7).broadcast_to({2}).to_vector<std::int64_t>(), std::vector<std::int64_t>({7, 7}));
}

TEST(Views, NameWhatDoesNotFit) {
  const Array a = Array::zeros({3, 4}, DType::f32);
  const std::vector<Slice> slices(3);
  EXPECT_EQ(thrown_by([&] { a.slice(slices); }).line, "3 slices of shape (3, 4): there may be one for each of 2 axes");
  const Slice still{.step = 0};
  EXPECT_EQ(thrown_by([&] { a.slice({&still, 1}); }).line,
            "the slice of axis 0 has the step 0: use 1, or -1 to go backwards");
  const std::vector<Slice> long_row{{}, {.first = 1, .last = 5}};
  EXPECT_EQ(thrown_by([&] { a.slice(long_row); }).line,
            "the slice 1:5:1 of axis 1 is out of range of shape (3, 4): places are -4 to 4");
  const Slice behind{.first = 3, .last = {}, .step = -2};
  EXPECT_EQ(thrown_by([&] { a.slice({&behind, 1}); }).line,
            "the slice 3::-2 of axis 0 is out of range of shape (3, 4): places are -3 to 2");
  EXPECT_EQ(thrown_by([&] { a.transpose({0, 0}); }).line,
            "transpose() of shape (3, 4) with the order (0, 0): it must have each of 2 axes once");
  EXPECT_EQ(thrown_by([&] { a.transpose({0, 2}); }).line,
            "transpose(): shape (3, 4) has no axis 2; it must be -2 to 1");
  EXPECT_EQ(thrown_by([&] { a.broadcast_to({4}); }).line,
            "broadcast_to() of shape (3, 4) to (4,): each size must be 1 or as wanted, from the last axis on");
  EXPECT_EQ(thrown_by([&] { a.broadcast_to({2, 3, 5}); }).line,
            "broadcast_to() of shape (3, 4) to (2, 3, 5): each size must be 1 or as wanted, from the last axis on");
}

}  // namespace
}  // namespace anneal::array

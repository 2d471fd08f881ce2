// Arrays of any shape and strides, with an owner that is there.
#pragma once

#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "anneal/array.h"
#include "array/shape.h"
#include "support/random.h"

namespace anneal::array::test {

using anneal::test::Random;

inline Shape random_shape(Random& random, int most_axes) {
  Shape shape(static_cast<std::size_t>(random.between(0, most_axes)));
  for (auto& size : shape) size = random.chance(0.1) ? 0 : random.between(1, 4);
  return shape;
}

/// i64 of that shape, the elements all different, by slicing and transposing a larger one.
inline Array random_array(Random& random, const Shape& shape) {
  std::vector<int> order(shape.size());
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t k = order.size(); k > 1; --k) std::swap(order[k - 1], order[random.below(k)]);
  Shape larger(shape.size());
  std::vector<Slice> slices(shape.size());
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const auto axis = static_cast<std::size_t>(order[k]);
    const std::int64_t step = random.between(1, 2);
    larger[axis] = shape[k] * step + random.between(0, 1);
    slices[axis] = {.first = 0, .last = shape[k] * step, .step = step};
    if (shape[k] > 0 && random.chance(0.3)) slices[axis] = {shape[k] * step - 1, std::nullopt, -step};
  }
  return Array::arange(array::count_of(larger), DType::i64).reshape(larger).slice(slices).transpose(order);
}

}  // namespace anneal::array::test

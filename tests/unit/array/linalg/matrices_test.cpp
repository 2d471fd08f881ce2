#include "array/linalg/matrices.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "unit/array/random_array.h"

namespace anneal::array::linalg {
namespace {

using test::Random;

struct Case {
  const char* name;
  Shape shape;
  Shape strides;
  bool is_copied;
  bool is_transposed;
};

TEST(Matrices, AreCopiedOnlyWhereBlasCannotTakeThem) {
  std::vector<float> memory(1000);
  const std::vector<Case> cases{
      {"rows", {4, 5}, {5, 1}, false, false},
      {"rows of a larger one", {4, 5}, {9, 1}, false, false},
      {"columns", {4, 5}, {1, 4}, false, true},
      {"columns of a larger one", {4, 5}, {1, 7}, false, true},
      {"a row with any stride between rows", {1, 5}, {0, 1}, false, false},
      {"a column with a step", {5, 1}, {3, 0}, false, false},
      {"a stack", {3, 4, 5}, {20, 5, 1}, false, false},
      {"a stack of one", {3, 4, 5}, {0, 5, 1}, false, false},
      {"every other column", {4, 5}, {10, 2}, true, false},
      {"the same row again", {4, 5}, {0, 1}, true, false},
      {"overlapping rows", {4, 5}, {2, 1}, true, false},
  };
  for (const Case& c : cases) {
    const Strided elements{reinterpret_cast<const std::byte*>(memory.data()), DType::f32, c.shape, c.strides};
    const Matrices matrices = as_matrices(elements, DType::f32, Layouts::any);
    EXPECT_EQ(matrices.owner != nullptr, c.is_copied) << c.name;
    EXPECT_EQ(matrices.is_transposed, c.is_transposed) << c.name;
  }
}

RC_GTEST_PROP(Matrices, HoldTheSameElements, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  Shape shape(2 + random.below(3));
  for (auto& size : shape) size = random.between(1, 6);
  const auto elements = test::random_array(random, DType::f32, shape);
  const auto layouts = random.chance(0.5) ? Layouts::any : Layouts::row_major;
  const Matrices matrices = as_matrices(elements.view, DType::f32, layouts);
  RC_ASSERT((layouts == Layouts::any || !matrices.is_transposed));
  for (const Shape& place : test::places_of(shape)) {
    std::int64_t offset = 0;
    for (std::size_t axis = 0; axis + 2 < shape.size(); ++axis) offset += place[axis] * matrices.elements.strides[axis];
    const auto operand = matrices.operand<float>(offset);
    RC_ASSERT(operand.stride >= (operand.is_transposed ? shape[shape.size() - 2] : shape.back()));
    RC_ASSERT(double{*operand.from(place[place.size() - 2], place.back()).data} ==
              test::number_at(elements.view, place));
  }
}

}  // namespace
}  // namespace anneal::array::linalg

#include "array/copy.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "unit/array/random_array.h"

namespace anneal::array {
namespace {

using test::places_of;
using test::Random;

RC_GTEST_PROP(Copy, PutsEveryElementInItsPlace, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const DType dtype = random.pick(test::all_dtypes);
  const auto from = test::random_array(random, dtype, test::random_shape(random, 5, 6));
  const Dense copied = dense_copy(from.view, dtype);
  RC_ASSERT(copied.elements.shape == from.view.shape);
  std::size_t k = 0;
  for (const Shape& place : places_of(from.view.shape)) {
    RC_ASSERT(test::bytes_at(copied.view(), place) == test::bytes_at(from.view, place));
    const std::byte* element = copied.elements.data + k++ * size_of(dtype);  // row-major
    RC_ASSERT(std::equal(element, element + size_of(dtype), test::bytes_at(from.view, place).begin()));
  }
}

RC_GTEST_PROP(Copy, MakesFloatsOfHalves, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const DType dtype = random.chance(0.5) ? DType::f16 : DType::bf16;
  const auto from = test::random_array(random, dtype, test::random_shape(random, 4, 6));
  const Dense copied = dense_copy(from.view, DType::f32);
  for (const Shape& place : places_of(from.view.shape)) {
    RC_ASSERT(test::number_at(copied.view(), place) == test::number_at(from.view, place));
  }
}

// Lines that are cut, and many of them.
TEST(Copy, CopiesWhatSeveralThreadsShare) {
  Random random(1);
  for (const Shape& shape : {Shape{200001}, Shape{3, 70000}, Shape{70000, 3}, Shape{300, 400}}) {
    const auto from = test::random_array(random, DType::i32, shape);
    const Dense copied = dense_copy(from.view, DType::i32);
    for (const Shape& place : places_of(shape)) {
      ASSERT_EQ(test::integer_at(copied.view(), place), test::integer_at(from.view, place)) << text_of(place);
    }
  }
}

}  // namespace
}  // namespace anneal::array

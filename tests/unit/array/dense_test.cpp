#include "array/dense.h"

#include <gmock/gmock.h>

#include <cstdint>

#include "unit/array/random_array.h"

namespace anneal::array {
namespace {

using test::error_of;
using testing::AllOf;
using testing::HasSubstr;

TEST(Dense, IsRowMajorAndAligned) {
  const Dense dense = new_zeros(DType::f64, {2, 3, 4});
  EXPECT_EQ(dense.elements.strides, (Shape{12, 4, 1}));
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(dense.elements.data) % 64, 0U);
  for (int k = 0; k < 24; ++k) EXPECT_EQ(dense.data<double>()[k], 0);
}

TEST(Dense, SaysWhatDoesNotFitInMemory) {
  EXPECT_THAT(error_of([] { new_dense(DType::f64, {std::int64_t{1} << 56}); }),
              AllOf(HasSubstr("(72057594037927936,)"), HasSubstr("576460752303423488 bytes")));
}

TEST(Dense, BroadcastsAsNumPy) {
  EXPECT_EQ(broadcast_shape({3, 1}, {2, 1, 4}, "add"), (Shape{2, 3, 4}));
  EXPECT_EQ(broadcast_shape({}, {0, 4}, "add"), (Shape{0, 4}));
  EXPECT_EQ(broadcast_shape({1}, {0}, "add"), (Shape{0}));
  EXPECT_THAT(error_of([] { broadcast_shape({2, 3}, {4, 3}, "add"); }), HasSubstr("add: shapes (2, 3) and (4, 3)"));
}

}  // namespace
}  // namespace anneal::array

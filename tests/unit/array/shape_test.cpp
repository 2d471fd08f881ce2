#include "array/shape.h"

#include <gtest/gtest.h>

#include "unit/io/thrown.h"

namespace anneal::array {
namespace {

using anneal::test::thrown_by;

constexpr std::int64_t huge = std::int64_t{1} << 40;

TEST(Shape, IsWrittenAsPythonDoes) {
  EXPECT_EQ(text_of({}), "()");
  EXPECT_EQ(text_of({3}), "(3,)");
  EXPECT_EQ(text_of({3, 0, 4}), "(3, 0, 4)");
}

TEST(Shape, CountsElements) {
  EXPECT_EQ(checked_count({}, DType::f64), 1);
  EXPECT_EQ(checked_count({3, 4}, DType::f64), 12);
  EXPECT_EQ(checked_count({3, 0}, DType::f64), 0);
  EXPECT_EQ(checked_count({(std::int64_t{1} << 60) - 1}, DType::f64), (std::int64_t{1} << 60) - 1);
}

TEST(Shape, RefusesWhatOverflows) {
  for (const Shape& shape : {Shape{huge, huge}, Shape{0, huge, huge}, Shape{std::int64_t{1} << 60}}) {
    const auto thrown = thrown_by([&] { checked_count(shape, DType::f64); });
    EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
    EXPECT_EQ(thrown.line, "shape " + text_of(shape) + " of f64 has more than 2^63 - 1 bytes: use smaller sizes");
  }
  EXPECT_EQ(thrown_by([] { checked_count({3, -1}, DType::u8); }).line,
            "shape (3, -1) has a negative size; sizes are 0 or more");
}

TEST(Shape, StridesLeaveNoGaps) {
  EXPECT_EQ(contiguous_strides({}), Shape());
  EXPECT_EQ(contiguous_strides({2, 3, 4}), Shape({12, 4, 1}));
  EXPECT_EQ(contiguous_strides({2, 0, 4}), Shape({4, 4, 1}));
}

TEST(Shape, Broadcasts) {
  EXPECT_EQ(broadcast({}, {}), Shape());
  EXPECT_EQ(broadcast({3, 4}, {}), Shape({3, 4}));
  EXPECT_EQ(broadcast({4}, {3, 1}), Shape({3, 4}));
  EXPECT_EQ(broadcast({8, 1, 6, 1}, {7, 1, 5}), Shape({8, 7, 6, 5}));
  EXPECT_EQ(broadcast({0}, {1}), Shape({0}));
  EXPECT_EQ(broadcast({1, 3}, {0, 1}), Shape({0, 3}));
}

TEST(Shape, NamesShapesThatDoNotGoTogether) {
  EXPECT_EQ(
      thrown_by([] { broadcast({3, 4}, {2, 3}); }).line,
      "shapes (3, 4) and (2, 3) do not go together: sizes, from the last axis on, must be equal or 1, and there are "
      "3 and 2");
  EXPECT_EQ(
      thrown_by([] { broadcast({3}, {5, 0}); }).line,
      "shapes (3,) and (5, 0) do not go together: sizes, from the last axis on, must be equal or 1, and there are 3 "
      "and 0");
}

TEST(Shape, AxesCountFromTheEnd) {
  EXPECT_EQ(axis_in({2, 3}, 1, "f()"), 1);
  EXPECT_EQ(axis_in({2, 3}, -1, "f()"), 1);
  EXPECT_EQ(axis_in({2, 3}, -2, "f()"), 0);
  EXPECT_EQ(thrown_by([] { axis_in({2, 3}, 2, "f()"); }).line, "f(): shape (2, 3) has no axis 2; it must be -2 to 1");
  EXPECT_EQ(thrown_by([] { axis_in({}, 0, "f()"); }).line, "f(): axis 0 of shape (), which has no axes");
}

}  // namespace
}  // namespace anneal::array

#include "array/dtype.h"

#include <gtest/gtest.h>

#include "unit/io/thrown.h"

namespace anneal {
namespace {

constexpr DType all[] = {DType::boolean, DType::u8,   DType::i8,  DType::i32, DType::i64,
                         DType::f16,     DType::bf16, DType::f32, DType::f64};

// Made with NumPy 2.4 and ml_dtypes, but i16 is i32 here.
constexpr const char* promotions[9][9] = {
    {"bool", "u8", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"},
    {"u8", "u8", "i32", "i32", "i64", "f16", "bf16", "f32", "f64"},
    {"i8", "i32", "i8", "i32", "i64", "f16", "bf16", "f32", "f64"},
    {"i32", "i32", "i32", "i32", "i64", "f64", "f64", "f64", "f64"},
    {"i64", "i64", "i64", "i64", "i64", "f64", "f64", "f64", "f64"},
    {"f16", "f16", "f16", "f64", "f64", "f16", "f32", "f32", "f64"},
    {"bf16", "bf16", "bf16", "f64", "f64", "f32", "bf16", "f32", "f64"},
    {"f32", "f32", "f32", "f64", "f64", "f32", "f32", "f32", "f64"},
    {"f64", "f64", "f64", "f64", "f64", "f64", "f64", "f64", "f64"},
};

TEST(DType, PromotesAsNumPy) {
  for (int a = 0; a < 9; ++a) {
    for (int b = 0; b < 9; ++b) {
      EXPECT_EQ(name_of(promoted(all[a], all[b])), promotions[a][b]) << name_of(all[a]) << " " << name_of(all[b]);
    }
  }
}

TEST(DType, HasTheSizeOfItsElements) {
  const std::size_t sizes[] = {1, 1, 1, 4, 8, 2, 2, 4, 8};
  for (int k = 0; k < 9; ++k) EXPECT_EQ(size_of(all[k]), sizes[k]) << name_of(all[k]);
}

TEST(DType, IsFoundByItsName) {
  for (const DType dtype : all) EXPECT_EQ(dtype_named(name_of(dtype)), dtype);
  const auto thrown = test::thrown_by([] { dtype_named("float"); });
  EXPECT_EQ(thrown.code, ErrorCode::invalid_argument);
  EXPECT_EQ(thrown.line, "there is no dtype 'float': use one of bool, u8, i8, i32, i64, f16, bf16, f32, f64");
}

TEST(DType, HasAFloatThatHoldsIt) {
  const DType floats[] = {DType::f16, DType::f16,  DType::f16, DType::f64, DType::f64,
                          DType::f16, DType::bf16, DType::f32, DType::f64};
  for (int k = 0; k < 9; ++k) EXPECT_EQ(array::float_for(all[k]), floats[k]) << name_of(all[k]);
}

}  // namespace
}  // namespace anneal

// What is to know of dtypes beyond their names.
#pragma once

#include <cstdint>

#include "anneal/array.h"

namespace anneal::array {

constexpr bool is_float(DType dtype) { return dtype >= DType::f16; }
constexpr bool is_integer(DType dtype) { return dtype > DType::boolean && dtype < DType::f16; }
/// f16 and bf16, which are computed in f32.
constexpr bool is_half(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16; }

/// What functions of floats give: floats stay, f16 for 8 bits and bool, else f64.
constexpr DType float_for(DType dtype) {
  if (is_float(dtype)) return dtype;
  return dtype <= DType::i8 ? DType::f16 : DType::f64;
}

/// What integers, and booleans, can be.
struct IntegerRange {
  std::int64_t lowest;
  std::int64_t highest;
};
constexpr IntegerRange range_of(DType dtype) {
  switch (dtype) {
    case DType::boolean:
      return {0, 1};
    case DType::u8:
      return {0, UINT8_MAX};
    case DType::i8:
      return {INT8_MIN, INT8_MAX};
    case DType::i32:
      return {INT32_MIN, INT32_MAX};
    default:
      return {INT64_MIN, INT64_MAX};
  }
}

}  // namespace anneal::array

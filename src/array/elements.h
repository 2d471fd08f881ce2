// Single elements of any dtype as numbers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "anneal/array.h"

namespace anneal::array {

/// An element of any dtype. What is no integer has the integer 0; of an integer, `real` may be rounded.
struct Number {
  double real = 0;
  std::int64_t integer = 0;
};

/// As `dtype` has it, where `from` is the dtype that it has now: rounded, wrapped or, a float as an integer, truncated
/// and saturated; NaN gives 0.
Number converted(Number number, DType from, DType dtype);

/// Aligned or not.
Number read_number(const std::byte* element, DType dtype);
/// `number` is as `dtype` has it.
void write_number(std::byte* element, DType dtype, Number number);

}  // namespace anneal::array

// Arrays in memory with any shape and layout, and what is in them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "array/dense.h"
#include "array/strided.h"
#include "support/random.h"

namespace anneal::array::test {

using anneal::test::Random;

inline const std::vector<DType> all_dtypes{DType::boolean, DType::u8,   DType::i8,  DType::i32, DType::i64,
                                           DType::f16,     DType::bf16, DType::f32, DType::f64};
inline const std::vector<DType> float_dtypes{DType::f16, DType::bf16, DType::f32, DType::f64};

constexpr bool is_float(DType dtype) { return dtype >= DType::f16; }

struct RandomArray {
  std::vector<std::byte> memory;
  Strided view;
};

enum class Special : bool {
  none,
  some,  ///< NaN, infinities and both zeros; and few different values, so that there are equals
};

/// Axes in any order in memory, with gaps, backwards, or with stride 0. Integers are any that the dtype has, floats
/// from -2 to 2.
RandomArray random_array(Random& random, DType dtype, Shape shape, Special special = Special::none);
/// Up to `axes` of them, of up to `most` elements each; some are 0.
Shape random_shape(Random& random, int axes, int most);

/// Calls for all places, in row-major order.
void for_each_place(const Shape& shape, const std::function<void(const Shape&)>& call);
/// All of them.
std::vector<Shape> places_of(const Shape& shape);

double number_at(const Strided& a, const Shape& place);         ///< of floats
std::int64_t integer_at(const Strided& a, const Shape& place);  ///< of integers and booleans
std::vector<std::byte> bytes_at(const Strided& a, const Shape& place);

/// An integer of the dtype, as C's conversion makes it.
std::int64_t wrapped(std::uint64_t value, DType dtype);
/// Twice the distance of 1 and the next larger number.
double precision_of(DType dtype);
/// What `call` throws; "" where it does not.
std::string error_of(const std::function<void()>& call);

}  // namespace anneal::array::test

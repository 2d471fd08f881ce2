// From a DType, which is known when the program runs, to a C++ type.
#pragma once

#include <cstdint>
#include <type_traits>

#include "anneal/array.h"
#include "array/half.h"

namespace anneal::array {

template <class T>
struct TypeTag {
  using Type = T;
};

/// Calls with the TypeTag of the elements' type: bool, std::int8_t, ..., F16, BF16, float or double.
template <class F>
decltype(auto) with_element_type(DType dtype, F&& call) {
  switch (dtype) {
    case DType::boolean:
      return call(TypeTag<bool>{});
    case DType::u8:
      return call(TypeTag<std::uint8_t>{});
    case DType::i8:
      return call(TypeTag<std::int8_t>{});
    case DType::i32:
      return call(TypeTag<std::int32_t>{});
    case DType::i64:
      return call(TypeTag<std::int64_t>{});
    case DType::f16:
      return call(TypeTag<F16>{});
    case DType::bf16:
      return call(TypeTag<BF16>{});
    case DType::f32:
      return call(TypeTag<float>{});
    case DType::f64:
      break;
  }
  return call(TypeTag<double>{});
}

template <class T>
inline constexpr bool is_half = std::is_same_v<T, F16> || std::is_same_v<T, BF16>;

/// What elements are computed as: f16 and bf16 as float.
template <class T>
using Computed = std::conditional_t<is_half<T>, float, T>;

template <class T>
Computed<T> computed(T value) {
  if constexpr (is_half<T>) {
    return to_float(value);
  } else {
    return value;
  }
}

template <class T>
T stored(Computed<T> value) {
  if constexpr (std::is_same_v<T, F16>) {
    return to_f16(value);
  } else if constexpr (std::is_same_v<T, BF16>) {
    return to_bf16(value);
  } else {
    return value;
  }
}

}  // namespace anneal::array

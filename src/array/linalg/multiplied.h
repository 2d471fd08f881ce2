// Types that products are computed in.
#pragma once

#include <type_traits>

#include "array/element_type.h"

namespace anneal::array::linalg {

template <class S>
struct MultipliedType {
  using Type = Computed<S>;
};
// Integers wrap around without undefined behaviour where they are unsigned.
template <class S>
  requires std::is_integral_v<S> && (!std::is_same_v<S, bool>)
struct MultipliedType<S> {
  using Type = std::make_unsigned_t<S>;
};
template <class S>
using Multiplied = typename MultipliedType<S>::Type;

}  // namespace anneal::array::linalg

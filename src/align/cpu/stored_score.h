// How kernels store scores in a lane type.
//
// Widths of 8 and 16 bits saturate. Local scores are stored less the type's minimum, so that saturation is the floor at
// 0; other scores are stored as they are, and the minimum stands for minus infinity. Plans choose a width only where no
// reachable score saturates, except local scores at the top, which are recognised and computed again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "align/best_end.h"

namespace anneal::align::cpu {

template <typename T>
inline constexpr bool saturates = sizeof(T) < sizeof(std::int32_t);

/// Below every reachable score, and far enough from the limit that a gap may be taken off once.
template <typename T>
inline constexpr T minus_infinity = saturates<T> ? std::numeric_limits<T>::min() : T(BestEnd::minus_infinity);

/// How a score of 0 is stored.
template <typename T>
constexpr T stored_zero(bool local) {
  return saturates<T> && local ? std::numeric_limits<T>::min() : T{0};
}

/// A score as it is stored; scores below the range become minus infinity.
template <typename T>
constexpr T stored(std::int64_t score, bool local) {
  return static_cast<T>(std::max<std::int64_t>(score + stored_zero<T>(local), minus_infinity<T>));
}

}  // namespace anneal::align::cpu

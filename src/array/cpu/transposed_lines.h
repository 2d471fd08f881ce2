// Cache lines, transposed in registers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace anneal::array::cpu {

namespace transposed {

using Words = std::uint32_t __attribute__((vector_size(16)));
using LongWords = std::uint64_t __attribute__((vector_size(16)));

template <class V, class T>
V load(const T* from) {
  V vector;
  std::memcpy(&vector, from, sizeof vector);
  return vector;
}
template <class V, class T>
void store(V vector, T* to) {
  std::memcpy(to, &vector, sizeof vector);
}

/// to[r * pitch + c] = from[c * line + r], four by four or two by two.
template <std::int64_t line, std::int64_t pitch>
void square(const std::uint32_t* from, std::uint32_t* to) {
  const Words a = load<Words>(from), b = load<Words>(from + line);
  const Words c = load<Words>(from + 2 * line), d = load<Words>(from + 3 * line);
  const Words ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5), ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Words cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5), cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  store(__builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5), to);
  store(__builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7), to + pitch);
  store(__builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5), to + 2 * pitch);
  store(__builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7), to + 3 * pitch);
}
template <std::int64_t line, std::int64_t pitch>
void square(const std::uint64_t* from, std::uint64_t* to) {
  const LongWords a = load<LongWords>(from), b = load<LongWords>(from + line);
  store(__builtin_shufflevector(a, b, 0, 2), to);
  store(__builtin_shufflevector(a, b, 1, 3), to + pitch);
}

}  // namespace transposed

/// to[r * pitch + c] = lines[c][r] of `count` lines, a multiple of 4.
template <std::int64_t count, std::int64_t pitch, class T, std::size_t elements>
void transpose_lines(const T (*lines)[elements], T* to) {
  constexpr auto line = static_cast<std::int64_t>(elements);
  if constexpr (sizeof(T) >= sizeof(std::uint32_t)) {
    constexpr std::int64_t side = 16 / sizeof(T);
    for (std::int64_t r = 0; r < line; r += side) {
      for (std::int64_t c = 0; c < count; c += side) {
        transposed::square<line, pitch>(lines[c] + r, to + r * pitch + c);
      }
    }
  } else {
    for (std::int64_t r = 0; r < line; ++r) {
      for (std::int64_t c = 0; c < count; ++c) to[r * pitch + c] = lines[c][r];
    }
  }
}

}  // namespace anneal::array::cpu

// compat.h for host compilers: a group's lanes are advanced one after the other, step by step.
#pragma once

#include <bit>
#include <cstdint>

#define ANNEAL_FN inline
#define ANNEAL_CONSTANT_FN constexpr
#define ANNEAL_GLOBAL
#define ANNEAL_SHARED
#define ANNEAL_THREAD
#define ANNEAL_CONSTANT
#define ANNEAL_LANE_PARAMETER
#define ANNEAL_LANE
#define ANNEAL_LANE_MEMBER
#define ANNEAL_SET_LANE
#define ANNEAL_UNROLL
#define ANNEAL_UNROLL_BY(count)
// NOLINTNEXTLINE(bugprone-macro-parentheses): `lane` is a name
#define ANNEAL_EACH_LANE(lane, lanes) for (int lane = 0; lane < (lanes); ++lane)

namespace anneal::align::recurrence {

using Word = std::uint32_t;
using Offset = std::int64_t;

template <class T, int lanes>
struct PerLane {
  T values[lanes];

  T& operator[](int lane) { return values[lane]; }
  const T& operator[](int lane) const { return values[lane]; }
};

inline Word low_half(Word word) { return word & 0xffffu; }
inline Word high_half(Word word) { return word >> 16; }

inline Word max_word(Word a, Word b) { return a > b ? a : b; }
inline Word max3_word(Word a, Word b, Word c) { return max_word(max_word(a, b), c); }
inline Word add_max_word(Word a, Word b, Word c) { return max_word(a + b, c); }
inline int max_word(int a, int b) { return a > b ? a : b; }
inline int max3_word(int a, int b, int c) { return max_word(max_word(a, b), c); }
inline int add_max_word(int a, int b, int c) { return max_word(a + b, c); }
inline Word max_halves(Word a, Word b) {
  return max_word(high_half(a), high_half(b)) << 16 | max_word(low_half(a), low_half(b));
}
inline Word max_halves(Word a, Word b, bool& first_at_least, bool& second_at_least) {
  first_at_least = low_half(a) >= low_half(b);
  second_at_least = high_half(a) >= high_half(b);
  return max_halves(a, b);
}
inline Word max3_halves(Word a, Word b, Word c) { return max_halves(max_halves(a, b), c); }
inline Word add_max_halves(Word a, Word b, Word c) {
  return max_halves(low_half(high_half(a) + high_half(b)) << 16 | low_half(a + b), c);
}

inline Word select_bytes(Word low, Word high, Word selector) {
  const std::uint64_t both = std::uint64_t{high} << 32 | low;
  Word result = 0;
  for (int k = 0; k < 4; ++k) {
    const Word nibble = selector >> (4 * k) & 15u;
    const Word byte = static_cast<Word>(both >> (8 * (nibble & 7u))) & 255u;
    const Word sign = byte >= 128 ? 255u : 0u;
    result |= (nibble >= 8 ? sign : byte) << (8 * k);
  }
  return result;
}
inline Word merge_bits(Word mask, Word first, Word second) { return (first & mask) | (second & ~mask); }
inline Word select_equal_words(Word a, Word b, Word equal, Word other) { return a == b ? equal : other; }
inline Word select_equal_halves(Word a, Word b, Word equal, Word other) {
  const Word low = ((a ^ b) & 0xffffu) == 0 ? 0xffffu : 0u, high = (a ^ b) >> 16 == 0 ? 0xffff0000u : 0u;
  return merge_bits(low | high, equal, other);
}
inline int signed_byte(Word word, int byte) { return static_cast<std::int8_t>(word >> (8 * byte)); }
inline Word funnel_right(Word low, Word high, int bits) {
  return static_cast<Word>((std::uint64_t{high} << 32 | low) >> bits);
}
inline int lowest_bit(Word word) { return std::countr_zero(word); }

template <int lanes>
void shift_up(PerLane<Word, lanes>& value, const PerLane<Word, lanes>& first) {
  for (int lane = lanes - 1; lane > 0; --lane) value[lane] = value[lane - 1];
  value[0] = first[0];
}
template <class T, int lanes>
PerLane<T, lanes> exchange(const PerLane<T, lanes>& value, int distance) {
  PerLane<T, lanes> result;
  for (int lane = 0; lane < lanes; ++lane) result[lane] = value[lane ^ distance];
  return result;
}
inline int warp_lane(int lane) { return lane; }
inline int warp_max(int value) { return value; }
inline void order_lanes() {}
inline void prefetch(const void*) {}
template <class T>
const T* hold(const T* shared) {
  return shared;
}

template <class T, int lanes>
PerLane<T, lanes> from_below(const PerLane<T, lanes>& value, int distance) {
  PerLane<T, lanes> result = value;
  for (int lane = distance; lane < lanes; ++lane) result[lane] = value[lane - distance];
  return result;
}
template <int lanes>
PerLane<int, lanes> from_below(const PerLane<int, lanes>& value, int distance, int edge) {
  PerLane<int, lanes> result;
  for (int lane = 0; lane < lanes; ++lane) result[lane] = lane < distance ? edge : value[lane - distance];
  return result;
}
template <int lanes>
PerLane<int, lanes> from_above(const PerLane<int, lanes>& value, int edge) {
  PerLane<int, lanes> result;
  for (int lane = 0; lane < lanes; ++lane) result[lane] = lane == lanes - 1 ? edge : value[lane + 1];
  return result;
}
template <class T, int lanes>
T from_lane(const PerLane<T, lanes>& value, int lane) {
  return value[lane];
}
template <int lanes>
int group_max(const PerLane<int, lanes>& value) {
  int highest = value[0];
  for (int lane = 1; lane < lanes; ++lane) highest = max_word(highest, value[lane]);
  return highest;
}
template <int lanes>
void order_group() {}

}  // namespace anneal::align::recurrence

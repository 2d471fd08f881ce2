// compat.h for Metal, whose compiler has not seen it yet. A warp is a simdgroup. Only kernels know the number of their
// thread in it, `simd_lane` from there on: they hand it to what they call.
#pragma once

#include <metal_stdlib>

#define ANNEAL_FN inline
#define ANNEAL_CONSTANT_FN constexpr
#define ANNEAL_GLOBAL device
#define ANNEAL_SHARED threadgroup
#define ANNEAL_THREAD thread
#define ANNEAL_CONSTANT constant
#define ANNEAL_LANE_PARAMETER , int simd_lane
#define ANNEAL_LANE , simd_lane
#define ANNEAL_LANE_MEMBER int simd_lane;
#define ANNEAL_SET_LANE simd_lane(simd_lane),
#define ANNEAL_PRAGMA(text) _Pragma(#text)
#define ANNEAL_UNROLL ANNEAL_PRAGMA(unroll)
#define ANNEAL_UNROLL_BY(count) ANNEAL_PRAGMA(unroll count)
// Metal's C++ knows no initialisers in conditions.
#define ANNEAL_EACH_LANE(lane, lanes) \
  for (int lane = simd_lane % (lanes), lane##_once = 1; lane##_once != 0; lane##_once = 0)

namespace anneal {
namespace align {
namespace recurrence {

typedef uint Word;
typedef long Offset;

template <class T, int lanes>
struct PerLane {
  T own;

  thread T& operator[](int) thread { return own; }
};

ANNEAL_FN Word max_word(Word a, Word b) { return metal::max(a, b); }
ANNEAL_FN Word max3_word(Word a, Word b, Word c) { return metal::max3(a, b, c); }
ANNEAL_FN Word add_max_word(Word a, Word b, Word c) { return metal::max(a + b, c); }
ANNEAL_FN int max_word(int a, int b) { return metal::max(a, b); }
ANNEAL_FN int max3_word(int a, int b, int c) { return metal::max3(a, b, c); }
ANNEAL_FN int add_max_word(int a, int b, int c) { return metal::max(a + b, c); }
ANNEAL_FN Word max_halves(Word a, Word b) {
  return as_type<Word>(metal::max(as_type<ushort2>(a), as_type<ushort2>(b)));
}
ANNEAL_FN Word max_halves(Word a, Word b, thread bool& first_at_least, thread bool& second_at_least) {
  first_at_least = (a & 0xffffu) >= (b & 0xffffu);
  second_at_least = a >> 16 >= b >> 16;
  return max_halves(a, b);
}
ANNEAL_FN Word max3_halves(Word a, Word b, Word c) { return max_halves(max_halves(a, b), c); }
ANNEAL_FN Word add_max_halves(Word a, Word b, Word c) {
  return max_halves(as_type<Word>(as_type<ushort2>(a) + as_type<ushort2>(b)), c);
}

ANNEAL_FN Word select_bytes(Word low, Word high, Word selector) {
  Word result = 0;
  for (uint k = 0; k < 4; ++k) {
    const Word nibble = selector >> (4 * k) & 15u;
    const Word byte = ((nibble & 4u) != 0u ? high : low) >> (8 * (nibble & 3u)) & 255u;
    result |= ((nibble & 8u) != 0u ? ((byte & 128u) != 0u ? 255u : 0u) : byte) << (8 * k);
  }
  return result;
}
ANNEAL_FN Word merge_bits(Word mask, Word first, Word second) { return (first & mask) | (second & ~mask); }
ANNEAL_FN Word select_equal_words(Word a, Word b, Word equal, Word other) { return a == b ? equal : other; }
ANNEAL_FN Word select_equal_halves(Word a, Word b, Word equal, Word other) {
  const ushort2 left = as_type<ushort2>(a), right = as_type<ushort2>(b);
  const ushort2 yes = as_type<ushort2>(equal), no = as_type<ushort2>(other);
  return as_type<Word>(ushort2(left.x == right.x ? yes.x : no.x, left.y == right.y ? yes.y : no.y));
}
ANNEAL_FN int signed_byte(Word word, int byte) { return int(word << uint(24 - 8 * byte)) >> 24; }
ANNEAL_FN Word funnel_right(Word low, Word high, int bits) {
  return bits == 0 ? low : bits == 32 ? high : low >> bits | high << (32 - bits);
}
ANNEAL_FN int lowest_bit(Word word) { return int(metal::ctz(word)); }
ANNEAL_FN void prefetch(const device void*) {}

template <int lanes>
ANNEAL_FN void shift_up(thread PerLane<Word, lanes>& value, thread const PerLane<Word, lanes>& first, int simd_lane) {
  const Word moved = metal::simd_shuffle_up(value.own, ushort(1));
  value.own = simd_lane % lanes == 0 ? first.own : moved;
}
template <class T, int lanes>
ANNEAL_FN PerLane<T, lanes> exchange(thread const PerLane<T, lanes>& value, int distance) {
  return {metal::simd_shuffle_xor(value.own, ushort(distance))};
}
ANNEAL_FN int warp_lane(int, int simd_lane) { return simd_lane; }
ANNEAL_FN int warp_max(int value) { return metal::simd_max(value); }
ANNEAL_FN void order_lanes() { metal::simdgroup_barrier(metal::mem_flags::mem_device); }

// Other groups of the simdgroup may be elsewhere: no lane asks for a value of theirs.
template <class T, int lanes>
ANNEAL_FN PerLane<T, lanes> from_below(thread const PerLane<T, lanes>& value, int distance, int simd_lane) {
  const int below = simd_lane % lanes < distance ? simd_lane : simd_lane - distance;
  return {metal::simd_shuffle(value.own, ushort(below))};
}
template <int lanes>
ANNEAL_FN PerLane<int, lanes> from_below(thread const PerLane<int, lanes>& value, int distance, int edge,
                                         int simd_lane) {
  const int below = simd_lane % lanes < distance ? simd_lane : simd_lane - distance;
  const int moved = metal::simd_shuffle(value.own, ushort(below));
  return {below == simd_lane ? edge : moved};
}
template <int lanes>
ANNEAL_FN PerLane<int, lanes> from_above(thread const PerLane<int, lanes>& value, int edge, int simd_lane) {
  const bool is_last = simd_lane % lanes == lanes - 1;
  const int moved = metal::simd_shuffle(value.own, ushort(is_last ? simd_lane : simd_lane + 1));
  return {is_last ? edge : moved};
}
template <class T, int lanes>
ANNEAL_FN T from_lane(thread const PerLane<T, lanes>& value, int lane, int simd_lane) {
  return metal::simd_shuffle(value.own, ushort(simd_lane / lanes * lanes + lane));
}
template <int lanes>
ANNEAL_FN int group_max(thread const PerLane<int, lanes>& value) {
  if (lanes == 32) return metal::simd_max(value.own);
  int highest = value.own;
  ANNEAL_UNROLL
  for (int distance = lanes / 2; distance > 0; distance /= 2) {
    highest = max_word(highest, metal::simd_shuffle_xor(highest, ushort(distance)));
  }
  return highest;
}
template <int lanes>
ANNEAL_FN void order_group() {
  metal::simdgroup_barrier(metal::mem_flags::mem_device | metal::mem_flags::mem_threadgroup);
}

}  // namespace recurrence
}  // namespace align
}  // namespace anneal

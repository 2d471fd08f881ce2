// compat.h for hipcc, which has not compiled it yet. Waves of 64 lanes count as two warps.
#pragma once

#include <hip/hip_runtime.h>

#define ANNEAL_FN __device__ __forceinline__
#define ANNEAL_CONSTANT_FN __host__ __device__ constexpr
#define ANNEAL_GLOBAL
#define ANNEAL_SHARED
#define ANNEAL_THREAD
#define ANNEAL_PRAGMA(text) _Pragma(#text)
#define ANNEAL_UNROLL ANNEAL_PRAGMA(unroll)
#define ANNEAL_UNROLL_BY(count) ANNEAL_PRAGMA(unroll count)
#define ANNEAL_EACH_LANE(lane, lanes) if (const int lane = static_cast<int>(threadIdx.x % (lanes)); true)

namespace anneal::align::recurrence {

using Word = unsigned int;

template <class T, int lanes>
struct PerLane {
  T own;

  ANNEAL_FN T& operator[](int) { return own; }
};

typedef unsigned short Halves __attribute__((ext_vector_type(2)));

ANNEAL_FN Halves halves_of(Word word) { return __builtin_bit_cast(Halves, word); }
ANNEAL_FN Word word_of(Halves halves) { return __builtin_bit_cast(Word, halves); }

ANNEAL_FN Word max_word(Word a, Word b) { return a > b ? a : b; }
ANNEAL_FN Word max3_word(Word a, Word b, Word c) { return max_word(max_word(a, b), c); }
ANNEAL_FN Word add_max_word(Word a, Word b, Word c) { return max_word(a + b, c); }
ANNEAL_FN int max_word(int a, int b) { return a > b ? a : b; }
ANNEAL_FN int max3_word(int a, int b, int c) { return max_word(max_word(a, b), c); }
ANNEAL_FN int add_max_word(int a, int b, int c) { return max_word(a + b, c); }
ANNEAL_FN Word max_halves(Word a, Word b) { return word_of(__builtin_elementwise_max(halves_of(a), halves_of(b))); }
ANNEAL_FN Word max_halves(Word a, Word b, bool& first_at_least, bool& second_at_least) {
  first_at_least = (a & 0xffffu) >= (b & 0xffffu);
  second_at_least = a >> 16 >= b >> 16;
  return max_halves(a, b);
}
ANNEAL_FN Word max3_halves(Word a, Word b, Word c) { return max_halves(max_halves(a, b), c); }
ANNEAL_FN Word add_max_halves(Word a, Word b, Word c) { return max_halves(word_of(halves_of(a) + halves_of(b)), c); }

/// v_perm_b32 fills with 0 where it is told to; only bytes below 128 are ever asked for their sign.
ANNEAL_FN Word select_bytes(Word low, Word high, Word selector) {
  const unsigned long long both = static_cast<unsigned long long>(high) << 32 | low;
  Word result = 0;
  for (int k = 0; k < 4; ++k) {
    const Word nibble = selector >> (4 * k) & 15u;
    const Word byte = static_cast<Word>(both >> (8 * (nibble & 7u))) & 255u;
    result |= (nibble & 8u ? (byte & 128u ? 255u : 0u) : byte) << (8 * k);
  }
  return result;
}
ANNEAL_FN Word funnel_right(Word low, Word high, int bits) {
  return static_cast<Word>((static_cast<unsigned long long>(high) << 32 | low) >> bits);
}

template <int lanes>
ANNEAL_FN void shift_up(PerLane<Word, lanes>& value, const PerLane<Word, lanes>& first) {
  const Word moved = __shfl_up(value.own, 1, lanes);
  value.own = threadIdx.x % lanes == 0 ? first.own : moved;
}
template <class T, int lanes>
ANNEAL_FN PerLane<T, lanes> exchange(const PerLane<T, lanes>& value, int distance) {
  return {static_cast<T>(__shfl_xor(value.own, distance, lanes))};
}
ANNEAL_FN int warp_lane(int) { return static_cast<int>(threadIdx.x % 32); }
ANNEAL_FN int warp_max(int value) {
  for (int distance = 32; distance > 0; distance /= 2) {
    const int other = __shfl_xor(value, distance, warpSize);
    value = other > value ? other : value;
  }
  return value;
}
ANNEAL_FN void order_lanes() {
  __threadfence_block();
  __builtin_amdgcn_wave_barrier();
}

template <class T, int lanes>
ANNEAL_FN PerLane<T, lanes> from_below(const PerLane<T, lanes>& value, int distance) {
  return {__shfl_up(value.own, distance, lanes)};
}
template <int lanes>
ANNEAL_FN PerLane<int, lanes> from_below(const PerLane<int, lanes>& value, int distance, int edge) {
  const int moved = __shfl_up(value.own, distance, lanes);
  return {static_cast<int>(threadIdx.x % lanes) < distance ? edge : moved};
}
template <int lanes>
ANNEAL_FN PerLane<int, lanes> from_above(const PerLane<int, lanes>& value, int edge) {
  const int moved = __shfl_down(value.own, 1, lanes);
  return {threadIdx.x % lanes == lanes - 1 ? edge : moved};
}
template <class T, int lanes>
ANNEAL_FN T from_lane(const PerLane<T, lanes>& value, int lane) {
  return __shfl(value.own, lane, lanes);
}
template <int lanes>
ANNEAL_FN int group_max(const PerLane<int, lanes>& value) {
  int highest = value.own;
  for (int distance = lanes / 2; distance > 0; distance /= 2) {
    highest = max_word(highest, __shfl_xor(highest, distance, lanes));
  }
  return highest;
}
template <int lanes>
ANNEAL_FN void order_group() {
  order_lanes();
}

}  // namespace anneal::align::recurrence

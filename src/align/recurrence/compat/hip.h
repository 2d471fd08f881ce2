// compat.h for hipcc, whose kernels have been compiled for gfx90a and gfx1030 and never been run.
//
// A warp is 32 lanes here as well: the whole wave of an RDNA processor, and half of a CDNA one's 64. The halves may go
// different ways. So nothing below reaches beyond 32 lanes, and nothing needs a mask: a shuffle works with the lanes
// that have come to it.
#pragma once

#include <hip/hip_runtime.h>

#include <cstdint>

#define ANNEAL_FN __device__ __forceinline__
#define ANNEAL_CONSTANT_FN __host__ __device__ constexpr
#define ANNEAL_GLOBAL
#define ANNEAL_SHARED
#define ANNEAL_THREAD
#define ANNEAL_CONSTANT
#define ANNEAL_LANE_PARAMETER
#define ANNEAL_LANE
#define ANNEAL_LANE_MEMBER
#define ANNEAL_SET_LANE
#define ANNEAL_PRAGMA(text) _Pragma(#text)
#define ANNEAL_UNROLL ANNEAL_PRAGMA(unroll)
#define ANNEAL_UNROLL_BY(count) ANNEAL_PRAGMA(unroll count)
#define ANNEAL_EACH_LANE(lane, lanes) if (const int lane = static_cast<int>(threadIdx.x % (lanes)); true)
// HIP would take the second for waves per SIMD; how many blocks are best there, nobody has measured.
#define ANNEAL_LAUNCH_BOUNDS(threads, blocks) __launch_bounds__(threads)

namespace anneal::align::recurrence {

using Word = unsigned int;
using Offset = std::int64_t;

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

// v_perm_b32 wants a byte of the selector for each of the result, and 12 where that is to be 0. What is done to the
// selector leaves the loops that it does not change in.
ANNEAL_FN Word select_bytes(Word low, Word high, Word selector) {
  Word wide = selector & 0xffffu;
  wide = (wide | wide << 8) & 0x00ff00ffu;
  wide = (wide | wide << 4) & 0x0f0f0f0fu;
  return __builtin_amdgcn_perm(high, low, wide | (wide & 0x08080808u) >> 1);
}
ANNEAL_FN Word merge_bits(Word mask, Word first, Word second) { return (first & mask) | (second & ~mask); }
ANNEAL_FN Word select_equal_words(Word a, Word b, Word equal, Word other) { return a == b ? equal : other; }
ANNEAL_FN Word select_equal_halves(Word a, Word b, Word equal, Word other) {
  const Word low = ((a ^ b) & 0xffffu) == 0 ? 0xffffu : 0u, high = (a ^ b) >> 16 == 0 ? 0xffff0000u : 0u;
  return merge_bits(low | high, equal, other);
}
ANNEAL_FN int signed_byte(Word word, int byte) { return static_cast<int>(word << (24 - 8 * byte)) >> 24; }
// v_alignbit_b32 takes `bits` modulo 32.
ANNEAL_FN Word funnel_right(Word low, Word high, int bits) {
  return bits == 32 ? high : __builtin_amdgcn_alignbit(high, low, static_cast<Word>(bits));
}
ANNEAL_FN int lowest_bit(Word word) { return __builtin_ctz(word); }
ANNEAL_FN void prefetch(const void* place) { __builtin_prefetch(place); }
template <class T>
ANNEAL_FN const T* hold(const T* shared) {
  return shared;
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
  ANNEAL_UNROLL
  for (int distance = 16; distance > 0; distance /= 2) value = max_word(value, __shfl_xor(value, distance, 32));
  return value;
}
// A wave's lanes see each other's memory in program order, which the compiler must leave as it is.
ANNEAL_FN void order_lanes() {
  __builtin_amdgcn_fence(__ATOMIC_RELEASE, "wavefront");
  __builtin_amdgcn_wave_barrier();
  __builtin_amdgcn_fence(__ATOMIC_ACQUIRE, "wavefront");
}

template <class T, int lanes>
ANNEAL_FN PerLane<T, lanes> from_below(const PerLane<T, lanes>& value, int distance) {
  return {__shfl_up(value.own, static_cast<unsigned>(distance), lanes)};
}
template <int lanes>
ANNEAL_FN PerLane<int, lanes> from_below(const PerLane<int, lanes>& value, int distance, int edge) {
  const int moved = __shfl_up(value.own, static_cast<unsigned>(distance), lanes);
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
  ANNEAL_UNROLL
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

// compat.h for nvcc. Before sm_90, CUDA composes the packed operations of several instructions.
#pragma once

#include <cuda_runtime.h>

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
#define ANNEAL_LAUNCH_BOUNDS(threads, blocks) __launch_bounds__(threads, blocks)

namespace anneal::align::recurrence {

using Word = unsigned int;
using Offset = std::int64_t;

template <class T, int lanes>
struct PerLane {
  T own;

  ANNEAL_FN T& operator[](int) { return own; }
};

ANNEAL_FN Word max_halves(Word a, Word b) { return __vmaxu2(a, b); }
ANNEAL_FN Word max3_halves(Word a, Word b, Word c) { return __vimax3_u16x2(a, b, c); }
ANNEAL_FN Word add_max_halves(Word a, Word b, Word c) { return __viaddmax_u16x2(a, b, c); }
ANNEAL_FN Word max_halves(Word a, Word b, bool& first_at_least, bool& second_at_least) {
#if __CUDA_ARCH__ >= 900
  // CUDA 13.0's __vibmax_u16x2() may put its result over `a` before it compares with it.
  Word highest, first, second;
  asm("{ .reg .pred p, q; .reg .u16 a0, a1, h0, h1;\n\t"
      "max.u16x2 %0, %3, %4;\n\t"
      "mov.b32 {a0, a1}, %3;\n\t"
      "mov.b32 {h0, h1}, %0;\n\t"
      "setp.eq.u16 p, h0, a0;\n\t"
      "setp.eq.u16 q, h1, a1;\n\t"
      "selp.b32 %1, 1, 0, p;\n\t"
      "selp.b32 %2, 1, 0, q; }"
      : "=&r"(highest), "=&r"(first), "=&r"(second)
      : "r"(a), "r"(b));
  first_at_least = first != 0;
  second_at_least = second != 0;
  return highest;
#else
  return __vibmax_u16x2(a, b, &second_at_least, &first_at_least);
#endif
}
ANNEAL_FN Word max_word(Word a, Word b) { return max(a, b); }
ANNEAL_FN Word max3_word(Word a, Word b, Word c) { return __vimax3_u32(a, b, c); }
ANNEAL_FN Word add_max_word(Word a, Word b, Word c) { return __viaddmax_u32(a, b, c); }
ANNEAL_FN int max_word(int a, int b) { return max(a, b); }
ANNEAL_FN int max3_word(int a, int b, int c) { return __vimax3_s32(a, b, c); }
ANNEAL_FN int add_max_word(int a, int b, int c) { return __viaddmax_s32(a, b, c); }

ANNEAL_FN Word select_bytes(Word low, Word high, Word selector) {
  Word result;
  // Nibbles above 7 ask for eight times a byte's sign; __byte_perm would drop that bit.
  asm("prmt.b32 %0, %1, %2, %3;" : "=r"(result) : "r"(low), "r"(high), "r"(selector));
  return result;
}
ANNEAL_FN Word merge_bits(Word mask, Word first, Word second) {
  Word result;  // nvcc makes two operations of it where the mask is constant
  asm("lop3.b32 %0, %1, %2, %3, 0xca;" : "=r"(result) : "r"(mask), "r"(first), "r"(second));
  return result;
}
ANNEAL_FN Word select_equal_halves(Word a, Word b, Word equal, Word other) {
  return merge_bits(__vcmpeq2(a, b), equal, other);
}
ANNEAL_FN Word select_equal_words(Word a, Word b, Word equal, Word other) { return a == b ? equal : other; }
ANNEAL_FN int signed_byte(Word word, int byte) {
  const Word nibble = static_cast<Word>(byte);
  return static_cast<int>(select_bytes(word, 0, nibble | (nibble | 8u) * 0x1110u));
}
ANNEAL_FN Word funnel_right(Word low, Word high, int bits) { return __funnelshift_rc(low, high, bits); }
ANNEAL_FN int lowest_bit(Word word) { return __ffs(static_cast<int>(word)) - 1; }
ANNEAL_FN void prefetch(const void* place) { asm volatile("prefetch.global.L2 [%0];" ::"l"(place)); }
// The compiler knows neither what a shuffle returns, nor that it could compute it anew.
template <class T>
ANNEAL_FN const T* hold(const T* shared) {
  const auto address = static_cast<unsigned>(__cvta_generic_to_shared(shared));
  return static_cast<const T*>(__cvta_shared_to_generic(__shfl_sync(0xffffffffu, address, threadIdx.x % 32)));
}

template <int lanes>
ANNEAL_FN void shift_up(PerLane<Word, lanes>& value, const PerLane<Word, lanes>& first) {
  // The shuffle itself says which lanes had no neighbour; else each column would compare lane numbers.
  constexpr int clamp = (32 - lanes) << 8;
  asm volatile(
      "{ .reg .pred moved;\n\t"
      "shfl.sync.up.b32 %0|moved, %0, 1, %2, 0xffffffff;\n\t"
      "@!moved mov.b32 %0, %1; }"
      : "+&r"(value.own)
      : "r"(first.own), "n"(clamp));
}
template <class T, int lanes>
ANNEAL_FN PerLane<T, lanes> exchange(const PerLane<T, lanes>& value, int distance) {
  return {static_cast<T>(__shfl_xor_sync(0xffffffffu, value.own, distance, lanes))};
}
ANNEAL_FN int warp_lane(int) { return static_cast<int>(threadIdx.x % 32); }
ANNEAL_FN int warp_max(int value) {
#if __CUDA_ARCH__ >= 800
  return __reduce_max_sync(0xffffffffu, value);
#else
  for (int distance = 16; distance > 0; distance /= 2) {
    value = max(value, __shfl_xor_sync(0xffffffffu, value, distance));
  }
  return value;
#endif
}
ANNEAL_FN void order_lanes() { __syncwarp(); }

template <int lanes>
ANNEAL_FN unsigned group_mask() {
  constexpr unsigned first_group = 0xffffffffu >> (32 - lanes);
  return lanes == 32 ? first_group : first_group << (threadIdx.x % 32 / lanes * lanes);
}
template <class T, int lanes>
ANNEAL_FN PerLane<T, lanes> from_below(const PerLane<T, lanes>& value, int distance) {
  return {__shfl_up_sync(group_mask<lanes>(), value.own, distance, lanes)};
}
// As in shift_up(), the shuffle says who had no neighbour.
template <int lanes>
ANNEAL_FN PerLane<int, lanes> from_below(const PerLane<int, lanes>& value, int distance, int edge) {
  constexpr int clamp = (32 - lanes) << 8;
  int result;
  asm volatile(
      "{ .reg .pred moved;\n\t"
      "shfl.sync.up.b32 %0|moved, %1, %2, %3, %4;\n\t"
      "@!moved mov.b32 %0, %5; }"
      : "=&r"(result)
      : "r"(value.own), "r"(distance), "n"(clamp), "r"(group_mask<lanes>()), "r"(edge));
  return {result};
}
template <int lanes>
ANNEAL_FN PerLane<int, lanes> from_above(const PerLane<int, lanes>& value, int edge) {
  constexpr int clamp = (32 - lanes) << 8 | 31;
  int result;
  asm volatile(
      "{ .reg .pred moved;\n\t"
      "shfl.sync.down.b32 %0|moved, %1, 1, %2, %3;\n\t"
      "@!moved mov.b32 %0, %4; }"
      : "=&r"(result)
      : "r"(value.own), "n"(clamp), "r"(group_mask<lanes>()), "r"(edge));
  return {result};
}
template <class T, int lanes>
ANNEAL_FN T from_lane(const PerLane<T, lanes>& value, int lane) {
  return __shfl_sync(group_mask<lanes>(), value.own, lane, lanes);
}
template <int lanes>
ANNEAL_FN int group_max(const PerLane<int, lanes>& value) {
  if constexpr (lanes == 32) return warp_max(value.own);
  int highest = value.own;
#pragma unroll
  for (int distance = lanes / 2; distance > 0; distance /= 2) {
    highest = max(highest, __shfl_xor_sync(group_mask<lanes>(), highest, distance, lanes));
  }
  return highest;
}
template <int lanes>
ANNEAL_FN void order_group() {
  __syncwarp(group_mask<lanes>());
}

}  // namespace anneal::align::recurrence

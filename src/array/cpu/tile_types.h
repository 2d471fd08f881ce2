// The types behind kinds and dtypes, and what is the same for all kernels in plain C++.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "array/cpu/tile_kernels.h"

/// Before a loop whose iterations do not depend on each other, though memory may be both read and written.
#if defined(__clang__)
// Some loops call functions, and debug builds vectorise none.
#pragma clang diagnostic ignored "-Wpass-failed"
#define ANNEAL_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define ANNEAL_INDEPENDENT _Pragma("GCC ivdep")
#else
#define ANNEAL_INDEPENDENT
#endif

namespace anneal::array::cpu {

inline TileKernel& entry(TileKernels& table, Op op, Kind kind) {
  return table.ops[static_cast<int>(op)][static_cast<int>(kind)];
}
inline TileKernel& streamed_entry(TileKernels& table, Op op, Kind kind) {
  return table.streamed_ops[static_cast<int>(op)][static_cast<int>(kind)];
}
inline ReduceKernel& entry(TileKernels& table, Reduction reduction, Kind kind) {
  return table.reductions[static_cast<int>(reduction)][static_cast<int>(kind)];
}
inline FindKernel& find_entry(TileKernels& table, Reduction reduction, Kind kind) {
  return table.finds[reduction == Reduction::first_maximum ? 1 : 0][static_cast<int>(kind)];
}
inline CastKernel& entry(TileKernels& table, DType from, DType to) {
  return table.casts[static_cast<int>(from)][static_cast<int>(to)];
}

/// Calls visit(Kind, T()) for all kinds but boolean.
template <class Visit>
void for_each_number(const Visit& visit) {
  visit(Kind::u8, std::uint8_t());
  visit(Kind::i8, std::int8_t());
  visit(Kind::i32, std::int32_t());
  visit(Kind::i64, std::int64_t());
  visit(Kind::f32, float());
  visit(Kind::f64, double());
}
template <class Visit>
void for_each_float(const Visit& visit) {
  visit(Kind::f32, float());
  visit(Kind::f64, double());
}

/// Arithmetic that wraps: of an integer its unsigned type, but no smaller one than `unsigned`, as smaller ones become
/// int.
template <class T>
using Wrapping = std::conditional_t<(sizeof(T) > sizeof(unsigned)), std::uint64_t, unsigned>;

}  // namespace anneal::array::cpu

// Kernels for tiles: short contiguous runs of elements that stay in the first cache. Everything that the interpreter
// does to values is one of these.
#pragma once

#include <cstddef>
#include <cstdint>

#include "anneal/array.h"
#include "array/op.h"

namespace anneal::array::cpu {

/// Types that kernels compute in. f16 and bf16 are computed in f32.
enum class Kind : std::uint8_t { boolean, u8, i8, i32, i64, f32, f64 };
inline constexpr int kind_count = 7;

constexpr Kind kind_of(DType dtype) {
  switch (dtype) {
    case DType::boolean:
      return Kind::boolean;
    case DType::u8:
      return Kind::u8;
    case DType::i8:
      return Kind::i8;
    case DType::i32:
      return Kind::i32;
    case DType::i64:
      return Kind::i64;
    case DType::f64:
      return Kind::f64;
    case DType::f16:
    case DType::bf16:
    case DType::f32:
      break;
  }
  return Kind::f32;
}
constexpr std::size_t size_of(Kind kind) {
  return kind <= Kind::i8 ? 1 : kind == Kind::i32 || kind == Kind::f32 ? 4 : 8;
}

/// Bytes that tiles are aligned to, and that kernels may write behind the last element of one.
inline constexpr std::size_t tile_alignment = 64;

/// to[k] = op(a[k], b[k], c[k]) for all k below count; operands that the op has not are null. Operands are of one Kind,
/// but the condition of Op::where, which is `a` and boolean. Comparisons give boolean. Any alignment; `to` may be an
/// operand.
using TileKernel = void (*)(void* to, const void* a, const void* b, const void* c, std::size_t count);

/// Elements of one type as another's.
using CastKernel = void (*)(void* to, const void* from, std::size_t count);

/// The most bytes of a tile. Measured: see tile_elements(). Reductions of more read memory, and fetch what follows.
inline constexpr std::size_t tile_bytes = 4096;

/// The elements of a run as one, of the same Kind (any, all: boolean in and out). Sums and products are added up in a
/// fixed order: of f32 with an error that grows with the logarithm of count. Sums of 2 or 4 tiles of tile_bytes
/// are those of their sums, pairwise.
using ReduceKernel = void (*)(void* to, const void* from, std::size_t count);

/// The value and the place of the first best one, NaN being best of all.
using FindKernel = std::size_t (*)(const void* from, std::size_t count);

struct TileKernels {
  const char* name;  ///< the instruction set's
  TileKernel ops[op_count][kind_count];
  /// The same, for results that are larger than caches; `to` is aligned to tile_alignment and is no operand. Null where
  /// there is no such kernel. Others must not read the results before hwy::FlushStream().
  TileKernel streamed_ops[op_count][kind_count];
  CastKernel casts[9][9];                  ///< [from][to], by DType; includes f16 and bf16, and of one type a copy
  ReduceKernel reductions[6][kind_count];  ///< sum .. all, by Reduction
  FindKernel finds[2][kind_count];         ///< first_minimum, first_maximum
};

/// Of the best instruction set that this processor has, as far as they are right: see validated().
const TileKernels& tile_kernels();

}  // namespace anneal::array::cpu

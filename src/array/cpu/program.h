// What one pass does to each tile: instructions over registers that hold a tile each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "array/cpu/tile_kernels.h"
#include "array/graph.h"
#include "array/nest.h"

namespace anneal::array::cpu {

/// Where an instruction finds a tile. First there are two fixed slots, then one for each leaf, which points into memory
/// where that can be read in place, then the registers.
using Slot = std::uint32_t;
inline constexpr Slot no_slot = 0;
inline constexpr Slot output_slot = 1;
inline constexpr Slot first_leaf_slot = 2;

struct Instruction {
  enum class Kind : std::uint8_t { operation, cast, gather, splat };
  Kind kind = Kind::operation;
  std::uint8_t element_size = 0;  ///< of what is gathered or splatted
  bool is_kept = false;           ///< a splat whose register nothing else writes: done again only for another element
  Slot to = no_slot;
  Slot a = no_slot;  ///< the leaf's slot, to gather and splat
  Slot b = no_slot;
  Slot c = no_slot;
  TileKernel operation = nullptr;
  TileKernel streamed = nullptr;  ///< the same for results that are larger than caches, or null
  CastKernel cast = nullptr;
};

struct Program {
  std::vector<Leaf> leaves;
  Nest nest;
  std::vector<Instruction> instructions;
  Slot result = no_slot;  ///< output_slot, or a leaf that is read in place
  DType result_dtype{};   ///< of the elements of `result`
  std::size_t registers = 0;
  std::size_t widest = 1;  ///< bytes of the largest element of any register
  Slot first_register() const { return first_leaf_slot + static_cast<Slot>(leaves.size()); }
  std::size_t slots() const { return first_register() + registers; }
};

/// What a value has in registers: f32 instead of f16 and bf16.
constexpr DType computed(DType dtype) { return dtype == DType::f16 || dtype == DType::bf16 ? DType::f32 : dtype; }

/// Fills program.leaves and returns, through `strides`, those of each leaf as broadcast to `shape`.
void add_leaves(const Graph& graph, const Shape& shape, const TileKernels& kernels, Program& program,
                std::vector<std::int64_t>& strides);

/// Whether the result can go past the caches, where it is written to memory that is aligned to tiles. Then it does.
bool stream_result(Program& program);

/// Fills instructions and registers; leaves and nest are there. The result is the last entry's values as `wanted`.
void compile(const Graph& graph, DType wanted, const TileKernels& kernels, Program& program);

}  // namespace anneal::array::cpu

// Combines the tiles of a reduction that are for the same results.
#pragma once

#include <cstddef>
#include <cstdint>

#include "array/cpu/reduction_plan.h"
#include "array/cpu/tile_kernels.h"

namespace anneal::array::cpu {

/// What is done to the elements of a reduction that gives values.
struct FoldKernels {
  ReduceKernel reduce;
  TileKernel combine;
  std::size_t element_size;
};
FoldKernels fold_kernels(Reduction reduction, Kind kind, const TileKernels& kernels);

/// Combines vectors pairwise, like the bits of a counter: neighbours of 2^k vectors each become one of 2^(k+1). The
/// error of a sum grows with the logarithm of their number, and parts whose number is a power of two can be combined
/// apart.
class Fold {
 public:
  /// Rows that are read in place may come in as many whole tiles together, where the number of tiles before them in the
  /// row is a multiple of that. Not products: theirs are rounded tile by tile.
  static constexpr std::int64_t tiles_at_once = 4;

  /// Of memory that memory_bytes() asks for.
  static std::size_t memory_bytes(const ReductionPlan& plan, const FoldKernels& kernels);
  Fold(const ReductionPlan& plan, const FoldKernels& kernels, std::byte* memory);

  /// Begins anew.
  void clear() { pushed_ = top_ = 0; }
  /// Where the next tile should be written.
  void* tile() const;
  /// `elements` may be tile() or other memory.
  void push_tile(const void* elements, const ReductionPlan::Tile& tile);
  /// A vector that is combined already, as many as a power of two that divides the number of those before it.
  void push(const void* vector, std::int64_t width, std::uint64_t weight = 1);
  /// The result, `width` elements that later calls write over. At least one must have been pushed.
  const void* finish(std::int64_t width);

 private:
  std::byte* level(std::size_t k) const { return levels_ + k * stride_; }
  const void* combine_rows(const void* elements, std::int64_t rows, std::int64_t row);

  const ReductionPlan& plan_;
  FoldKernels kernels_;
  std::size_t stride_;
  std::byte* scratch_[2];
  std::byte* levels_;
  std::uint64_t pushed_ = 0;
  std::size_t top_ = 0;  // levels in use
};

}  // namespace anneal::array::cpu

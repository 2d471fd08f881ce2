// Finds the places of first minima and maxima, tile by tile.
#pragma once

#include <cstddef>
#include <cstdint>

#include "array/cpu/reduction_plan.h"
#include "array/cpu/tile_kernels.h"

namespace anneal::array::cpu {

struct FindKernels {
  /// Takes over values that are better than the best so far, and their places: `places` itself where `step` is 1, or
  /// the first of them for all where it is 0.
  using Improve = void (*)(void* best, std::int64_t* best_places, const void* values, const std::int64_t* places,
                           std::size_t step, std::size_t count);
  FindKernel find;
  Improve improve;
  std::size_t element_size;
};
FindKernels find_kernels(Reduction reduction, Kind kind, const TileKernels& kernels);

/// The best values of a block's results, and where they are among the elements that are reduced. Tiles come in order.
class Find {
 public:
  static std::size_t memory_bytes(const ReductionPlan& plan, const FindKernels& kernels);
  Find(const ReductionPlan& plan, const FindKernels& kernels, std::byte* memory);

  void clear() { is_empty_ = true; }
  void* tile() const { return tile_; }
  void push_tile(const void* elements, const ReductionPlan::Tile& tile);
  void push(const void* values, const std::int64_t* places, std::size_t step, std::int64_t width);
  const void* values() const { return best_; }
  const std::int64_t* places() const { return places_; }

 private:
  const ReductionPlan& plan_;
  FindKernels kernels_;
  std::byte* tile_;
  std::byte* best_;
  std::int64_t* places_;
  bool is_empty_ = true;
};

}  // namespace anneal::array::cpu

#include "array/cpu/fold.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

namespace anneal::array::cpu {

namespace {

// Kernels may write behind the last element.
std::size_t padded(std::int64_t elements, std::size_t element_size) {
  const std::size_t bytes = static_cast<std::size_t>(elements) * element_size;
  return (bytes + tile_alignment - 1) / tile_alignment * tile_alignment + tile_alignment;
}

std::size_t levels_for(std::int64_t pieces) { return std::bit_width(static_cast<std::uint64_t>(pieces)) + 1; }

Op combining(Reduction reduction) {
  switch (reduction) {
    case Reduction::sum:
      return Op::add;
    case Reduction::product:
      return Op::multiply;
    case Reduction::minimum:
    case Reduction::all:
      return Op::minimum;
    default:
      return Op::maximum;
  }
}

}  // namespace

FoldKernels fold_kernels(Reduction reduction, Kind kind, const TileKernels& kernels) {
  const auto k = static_cast<std::size_t>(kind);
  return {kernels.reductions[static_cast<std::size_t>(reduction)][k],
          kernels.ops[static_cast<std::size_t>(combining(reduction))][k], size_of(kind)};
}

std::size_t Fold::memory_bytes(const ReductionPlan& plan, const FoldKernels& kernels) {
  return 2 * padded(plan.tile, kernels.element_size) +
         levels_for(plan.pieces) * padded(plan.width, kernels.element_size);
}

Fold::Fold(const ReductionPlan& plan, const FoldKernels& kernels, std::byte* memory)
    : plan_(plan), kernels_(kernels), stride_(padded(plan.width, kernels.element_size)) {
  const std::size_t tile = padded(plan.tile, kernels.element_size);
  scratch_[0] = memory;
  scratch_[1] = memory + tile;
  levels_ = memory + 2 * tile;
}

void* Fold::tile() const { return plan_.form == ReductionPlan::Form::long_columns ? level(top_) : scratch_[0]; }

void Fold::push_tile(const void* elements, const ReductionPlan::Tile& tile) {
  const auto* bytes = static_cast<const std::byte*>(elements);
  switch (plan_.form) {
    case ReductionPlan::Form::long_rows:
      kernels_.reduce(level(top_), bytes, static_cast<std::size_t>(tile.count));
      return push(level(top_), 1, static_cast<std::uint64_t>(tile.count > plan_.tile ? tiles_at_once : 1));
    case ReductionPlan::Form::short_rows: {
      const std::size_t row = static_cast<std::size_t>(plan_.row);
      for (std::size_t k = 0; k < static_cast<std::size_t>(tile.width); ++k) {
        kernels_.reduce(level(top_) + k * kernels_.element_size, bytes + k * row * kernels_.element_size, row);
      }
      return push(level(top_), tile.width);
    }
    case ReductionPlan::Form::long_columns:
      return push(bytes, tile.width);
    case ReductionPlan::Form::short_columns:
      return push(combine_rows(bytes, tile.count / plan_.row, plan_.row), tile.width);
  }
}

// The first half with the last, until one row is left.
const void* Fold::combine_rows(const void* elements, std::int64_t rows, std::int64_t row) {
  const std::size_t row_bytes = static_cast<std::size_t>(row) * kernels_.element_size;
  const auto* from = static_cast<const std::byte*>(elements);
  for (std::size_t next = 1; rows > 1; next = 1 - next) {
    const std::int64_t half = rows / 2;
    const std::int64_t left = rows - half;
    std::byte* const to = scratch_[next];
    kernels_.combine(to, from, from + static_cast<std::size_t>(left) * row_bytes, nullptr,
                     static_cast<std::size_t>(half * row));
    const std::size_t offset = static_cast<std::size_t>(half) * row_bytes;
    if (left > half) std::memcpy(to + offset, from + offset, row_bytes);
    from = to;
    rows = left;
  }
  return from;
}

void Fold::push(const void* vector, std::int64_t width, std::uint64_t weight) {
  const auto count = static_cast<std::size_t>(width);
  pushed_ += weight;
  std::uint64_t carries = pushed_ / weight;
  if (carries % 2 == 1) {
    if (vector != level(top_)) std::memcpy(level(top_), vector, count * kernels_.element_size);
    ++top_;
    return;
  }
  kernels_.combine(level(top_ - 1), level(top_ - 1), vector, nullptr, count);
  for (carries /= 2; carries % 2 == 0; carries /= 2, --top_) {
    kernels_.combine(level(top_ - 2), level(top_ - 2), level(top_ - 1), nullptr, count);
  }
}

const void* Fold::finish(std::int64_t width) {
  for (; top_ > 1; --top_) {
    kernels_.combine(level(top_ - 2), level(top_ - 2), level(top_ - 1), nullptr, static_cast<std::size_t>(width));
  }
  return level(0);
}

}  // namespace anneal::array::cpu

// What is done to a tile of a product while it is in the cache.
#pragma once

#include <algorithm>
#include <cstdint>

#include "array/cpu/tile_kernels.h"
#include "array/linalg/tiles.h"

namespace anneal::array::linalg {

/// Computed as the product is: f16 and bf16 as f32.
template <class T>
struct Epilogue {
  const T* bias = nullptr;               ///< one for each column, or null
  cpu::TileKernel activation = nullptr;  ///< of one operand, or null
};

/// The kernel may write behind the end, so it works on a copy.
template <class T>
void activate(T* values, std::int64_t count, cpu::TileKernel activation) {
  constexpr std::int64_t most = 1024;
  alignas(cpu::tile_alignment) T tile[most + cpu::tile_alignment / sizeof(T)];
  for (std::int64_t first = 0; first < count; first += most) {
    const std::int64_t part = std::min(most, count - first);
    std::copy_n(values + first, part, tile);
    activation(tile, tile, nullptr, nullptr, static_cast<std::size_t>(part));
    std::copy_n(tile, part, values + first);
  }
}

/// `values` is the tile's first one, and rows are `stride` apart.
template <class T>
void apply(const Epilogue<T>& epilogue, const Tile& tile, T* values, std::int64_t stride) {
  if (epilogue.bias != nullptr) {
    for (std::int64_t row = 0; row < tile.rows; ++row) {
      T* line = values + row * stride;
      for (std::int64_t k = 0; k < tile.columns; ++k) line[k] += epilogue.bias[tile.column + k];
    }
  }
  if (epilogue.activation == nullptr) return;
  if (stride == tile.columns) return activate(values, tile.rows * tile.columns, epilogue.activation);
  for (std::int64_t row = 0; row < tile.rows; ++row) activate(values + row * stride, tile.columns, epilogue.activation);
}

}  // namespace anneal::array::linalg

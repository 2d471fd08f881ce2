// How products of matrices are cut into tiles for groups of threads.
#pragma once

#include <cstdint>

#include "array/gpu/gpu.h"

namespace anneal::array::gpu {

/// 16 x 16 threads, of which each has a few rows and columns of a tile of the product.
struct ProductTile {
  unsigned thread_rows = 4;
  unsigned thread_columns = 4;

  std::int64_t rows() const { return std::int64_t{16} * thread_rows; }
  std::int64_t columns() const { return std::int64_t{16} * thread_columns; }
};

inline constexpr unsigned product_threads = 256;
inline constexpr std::int64_t product_tile_inner = 16;

struct ProductCut {
  ProductTile tile;
  std::int64_t parts = 1;       ///< of `inner`, where there would be too few groups
  std::int64_t part_inner = 0;  ///< a multiple of product_tile_inner
};

struct ProductSizes {
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t inner;
  std::int64_t batch;
};

/// The cut follows from the sizes and from how many units a device has. `computed_bytes`: of what is added up.
ProductCut product_cut(const ProductSizes& sizes, std::size_t computed_bytes, int units);

}  // namespace anneal::array::gpu

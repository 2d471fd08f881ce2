// The kernel that multiplies matrices of any strides, tile by tile.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "array/gpu/axes.h"
#include "array/gpu/gpu.h"
#include "array/gpu/product_tile.h"
#include "array/op.h"

namespace anneal::array::gpu {

/// What the kernel is compiled for.
struct ProductVariant {
  DType dtype = DType::f32;
  ProductTile tile;
  bool a_along_inner = true;   ///< neighbours in memory are neighbours along `inner`, not along rows
  bool b_along_inner = false;  ///< not along columns
  bool is_convolution = false;
  bool uses_matrices = false;  ///< sums_of_simdgroups
  bool writes_parts = false;   ///< sums of Computed type of each part of `inner`, without an epilogue
  bool has_bias = false;
  std::optional<Op> activation = {};
};

/// Strides are in elements.
struct ProductValue {
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t inner;
  std::int64_t a_start;  ///< of the first element, after the lowest
  std::int64_t a_row;
  std::int64_t a_inner;
  std::int64_t b_start;
  std::int64_t b_inner;
  std::int64_t b_column;
  std::int64_t bias_start;
  std::int64_t bias_step;
  std::int64_t tile_rows;  ///< how many tiles there are
  std::int64_t tile_columns;
  std::int64_t parts;       ///< of `inner`
  std::int64_t part_inner;  ///< elements of a part: a multiple of product_tile_inner
  std::int64_t batch;
  std::int64_t first_group;  ///< of the launch
};

/// The right operand of a convolution: places of a signal (batch, channels, length).
struct ConvolutionValue {
  std::int64_t length;
  std::int64_t channel_stride;
  std::int64_t step_stride;  ///< of neighbours along the length
  std::int64_t width;
  std::int64_t stride;
  std::int64_t padding;
  std::int64_t dilation;
};

/// multiply(a, b, bias, c, ProductValue, AxesValue, ConvolutionValue), where the last is of convolutions alone. `batch`
/// are the axes of the batch, with the strides of a and b.
std::shared_ptr<const Compiled> product_kernel(Gpu& gpu, const ProductVariant& variant, const Axes& batch);

/// add_parts(parts, bias, c, count, ProductValue): sums of all parts, in their order, and the epilogue.
std::shared_ptr<const Compiled> parts_kernel(Gpu& gpu, const ProductVariant& variant);

}  // namespace anneal::array::gpu

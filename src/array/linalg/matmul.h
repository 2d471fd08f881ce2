// Products of matrices and vectors in memory.
#pragma once

#include <optional>

#include "array/cpu/tile_kernels.h"
#include "array/linalg/plain_product.h"
#include "array/strided.h"

namespace anneal::array::linalg {

/// What is done to a product of floats before it is rounded to its dtype.
struct ProductOptions {
  /// Added to each row: one axis, as long as the last of the product, and its dtype.
  std::optional<Strided> bias = {};
  /// Of one operand, after the bias; of Kind::f32 for f16, bf16 and f32, else of Kind::f64.
  cpu::TileKernel activation = nullptr;
  ProductsBy by = ProductsBy::blas;
};

/// numpy.matmul of operands of one dtype: the last two axes are matrices, the others broadcast; one axis is a row on
/// the left and a column on the right, and is not in the result. Integers wrap around; booleans are or-ed. f16 and bf16
/// are added up in f32 and rounded once. Throws Error(invalid_argument) that names the shapes.
Values matmul(const Strided& a, const Strided& b, const ProductOptions& options = {});

/// The sum of the products of two vectors of one dtype, without axes. Of f32, f16 and bf16, sums of 4,096 products are
/// added up in f64.
Values dot(const Strided& a, const Strided& b);

}  // namespace anneal::array::linalg

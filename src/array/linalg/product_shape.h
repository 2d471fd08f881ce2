// What shapes of operands mean for a product.
#pragma once

#include <optional>

#include "array/strided.h"

namespace anneal::array::linalg {

struct ProductShape {
  Shape batch;  ///< of the products
  std::int64_t rows = 1;
  std::int64_t inner = 1;
  std::int64_t columns = 1;
  Shape result;  ///< without the axes that operands of one axis lack
};

/// NumPy's rules. Throws Error(invalid_argument) that names the shapes; also where BLAS cannot count so far.
ProductShape product_shape(const Shape& a, const Shape& b);

/// Whether a bias of that shape, or null, can be added to the product of `dtype`, and an activation follow. Throws
/// Error(invalid_argument) that names the shapes.
void check_epilogue(const ProductShape& shape, DType dtype, const Shape* bias, bool is_activated);

/// Of two vectors of one length, or throws Error(invalid_argument) that names the shapes.
void check_dot(const Shape& a, const Shape& b);

/// Views with the axes batch, rows, inner and batch, inner, columns.
Strided left_operand(const Strided& a, const ProductShape& shape);
Strided right_operand(const Strided& b, const ProductShape& shape);

/// (a b)^T = b^T a^T. The result's shape stays: it is for products without rows or without columns.
void transpose_product(ProductShape& shape, Strided& a, Strided& b);

struct FoldedProduct {
  ProductShape shape;
  Strided a;
  Strided b;
};

/// A stack of products with one and the same b, as one product: where all rows of all a have one stride.
std::optional<FoldedProduct> folded_product(const ProductShape& shape, const Strided& a, const Strided& b);

}  // namespace anneal::array::linalg

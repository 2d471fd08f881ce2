#include "array/gpu/matmul.h"

#include "array/gpu/dense.h"
#include "array/gpu/extent.h"
#include "array/gpu/library_product.h"
#include "array/gpu/product_run.h"
#include "array/linalg/product_shape.h"

namespace anneal::array::gpu {
namespace {

using linalg::ProductShape;

// Of operands with the axes batch, rows, inner and batch, inner, columns.
void multiply_by_kernel(Gpu& gpu, const ProductShape& shape, const Strided& a, const Strided& b,
                        const ProductEpilogue& epilogue, std::byte* c) {
  ProductWork work{.dtype = a.dtype, .c = c};
  const std::size_t row_axis = shape.batch.size();
  ProductValue& value = work.value;
  value.rows = shape.rows;
  value.columns = shape.columns;
  value.inner = shape.inner;
  value.batch = count_of(shape.batch);
  value.a_row = a.strides[row_axis];
  value.a_inner = a.strides[row_axis + 1];
  value.b_inner = b.strides[row_axis];
  value.b_column = b.strides[row_axis + 1];
  // Operands without elements are not looked at, but must be memory.
  work.a = c;
  work.b = c;
  if (shape.inner > 0) {
    const Extent a_extent = extent_of(a);
    const Extent b_extent = extent_of(b);
    work.a = a_extent.lowest;
    work.b = b_extent.lowest;
    value.a_start = a_extent.start;
    value.b_start = b_extent.start;
  }
  work.batch =
      joined({shape.batch, {a.strides.begin(), a.strides.end() - 2}, {b.strides.begin(), b.strides.end() - 2}});
  if (epilogue.bias) {
    const Extent bias = extent_of(*epilogue.bias);
    work.bias = bias.lowest;
    value.bias_start = bias.start;
    value.bias_step = epilogue.bias->strides[0];
  }
  work.activation = epilogue.activation;
  run(gpu, work);
}

void multiply(Gpu& gpu, const ProductShape& shape, const Strided& a, const Strided& b, const ProductEpilogue& epilogue,
              std::byte* c) {
  if (shape.inner > 0 && multiply_by_library(gpu, shape, a, b, epilogue, c)) return;
  multiply_by_kernel(gpu, shape, a, b, epilogue, c);
}

}  // namespace

Values matmul(Gpu& gpu, const Strided& a, const Strided& b, const ProductEpilogue& epilogue) {
  ProductShape shape = linalg::product_shape(a.shape, b.shape);
  linalg::check_epilogue(shape, a.dtype, epilogue.bias ? &epilogue.bias->shape : nullptr,
                         epilogue.activation.has_value());
  check_arithmetic(gpu, a.dtype, "matmul");
  const bool is_plain = !epilogue.bias && !epilogue.activation;
  if (is_plain && a.shape.size() == 1 && b.shape.size() == 1) return dot(gpu, a, b);
  const Dense result = new_dense(gpu, a.dtype, shape.result);
  if (count_of(shape.result) == 0) return values_of(gpu, result);
  Strided left = linalg::left_operand(a, shape);
  Strided right = linalg::right_operand(b, shape);
  // The bias is along the result's last axis, which are then the rows.
  if (epilogue.bias && b.shape.size() == 1) linalg::transpose_product(shape, left, right);
  if (const auto folded = linalg::folded_product(shape, left, right)) {
    multiply(gpu, folded->shape, folded->a, folded->b, epilogue, result.elements.data);
  } else {
    multiply(gpu, shape, left, right, epilogue, result.elements.data);
  }
  return values_of(gpu, result);
}

}  // namespace anneal::array::gpu

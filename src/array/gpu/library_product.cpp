#include "array/gpu/library_product.h"

#include <optional>

#include "array/gpu/axes.h"
#include "array/gpu/copy.h"
#include "array/gpu/product.h"
#include "array/lines.h"

namespace anneal::array::gpu {
namespace {

struct Layout {
  std::int64_t leading;
  bool is_transposed;
};

bool are_rows(std::int64_t rows, std::int64_t columns, std::int64_t stride, std::int64_t step) {
  return (columns == 1 || step == 1) && (rows == 1 || stride >= columns);
}

// Of the last two axes.
std::optional<Layout> layout_of(const Strided& matrices) {
  const std::size_t axis = matrices.shape.size() - 2;
  const std::int64_t rows = matrices.shape[axis];
  const std::int64_t columns = matrices.shape[axis + 1];
  const std::int64_t row_stride = matrices.strides[axis];
  const std::int64_t column_stride = matrices.strides[axis + 1];
  if (are_rows(rows, columns, row_stride, column_stride)) return Layout{rows == 1 ? columns : row_stride, false};
  if (are_rows(columns, rows, column_stride, row_stride)) return Layout{columns == 1 ? rows : column_stride, true};
  return std::nullopt;
}

Shape batch_strides(const Strided& a) { return {a.strides.begin(), a.strides.end() - 2}; }

}  // namespace

bool multiply_by_library(Gpu& gpu, const linalg::ProductShape& shape, const Strided& a, const Strided& b,
                         const ProductEpilogue& epilogue, std::byte* c) {
  const std::optional<Layout> a_layout = layout_of(a);
  const std::optional<Layout> b_layout = layout_of(b);
  if (a.dtype < DType::f16 || !a_layout || !b_layout) return false;
  Axes batch = joined({shape.batch, batch_strides(a), batch_strides(b)});
  // One call for each place on all of these axes but the last.
  const std::int64_t last = batch.shape.back();
  const std::int64_t calls = batch.count() / last;
  constexpr std::int64_t most_calls = 64;
  if (batch.first.back() < 0 || batch.second.back() < 0 || calls > most_calls) return false;
  Product product{.dtype = a.dtype, .rows = shape.rows, .columns = shape.columns, .inner = shape.inner, .batch = last};
  RowMajor bias;
  if (epilogue.bias) {
    bias = row_major(gpu, *epilogue.bias);
    product.bias = bias.elements.data;
  }
  product.activation = epilogue.activation;
  product.a_leading = a_layout->leading;
  product.b_leading = b_layout->leading;
  product.a_transposed = a_layout->is_transposed;
  product.b_transposed = b_layout->is_transposed;
  product.a_batch_stride = batch.first.back();
  product.b_batch_stride = batch.second.back();
  const auto bytes = static_cast<std::int64_t>(size_of(a.dtype));
  batch.shape.pop_back();
  LineWalk<2> walk(batch.shape, {batch.first, batch.second});
  for (std::int64_t call = 0; call < calls; ++call, walk.next()) {
    product.a = a.data + walk.offsets()[0] * bytes;
    product.b = b.data + walk.offsets()[1] * bytes;
    product.c = c + call * last * shape.rows * shape.columns * bytes;
    if (!gpu.multiply(product)) return false;
  }
  return true;
}

}  // namespace anneal::array::gpu

#include "array/cuda/blas_lt_descriptors.h"

namespace anneal::array::cuda::blas_lt {
namespace {

DataType type_of(DType dtype) {
  switch (dtype) {
    case DType::f16:
      return r16f;
    case DType::bf16:
      return r16bf;
    case DType::f64:
      return r64f;
    default:
      return r32f;
  }
}

}  // namespace

Descriptors::Descriptors(const Api& api, const gpu::Product& product, DType c_dtype) : api_(api) {
  const DataType type = type_of(product.dtype);
  describe_operation(product);
  // Sizes as they are in memory: a row-major row is a column-major column.
  a_ = layout(type, product.b_transposed ? product.inner : product.columns,
              product.b_transposed ? product.columns : product.inner, product.b_leading, product.batch,
              product.b_batch_stride);
  b_ = layout(type, product.a_transposed ? product.rows : product.inner,
              product.a_transposed ? product.inner : product.rows, product.a_leading, product.batch,
              product.a_batch_stride);
  c_ = layout(type_of(c_dtype), product.columns, product.rows, product.columns, product.batch,
              product.rows * product.columns);
}

Descriptors::~Descriptors() {
  for (const Layout layout : {a_, b_, c_}) {
    if (layout != nullptr) api_.destroy_layout(layout);
  }
  if (operation_ != nullptr) api_.destroy_operation(operation_);
}

void Descriptors::describe_operation(const gpu::Product& product) {
  const bool is_f64 = product.dtype == DType::f64;
  note(api_.create_operation(&operation_, is_f64 ? compute_64f : compute_32f, is_f64 ? r64f : r32f));
  if (status_ != success) return;
  const auto set = [this](OperationAttribute attribute, const auto& value) {
    note(api_.set_operation(operation_, attribute, static_cast<const void*>(&value), sizeof value));
  };
  set(OperationAttribute::transpose_a, product.b_transposed ? transposed : not_transposed);
  set(OperationAttribute::transpose_b, product.a_transposed ? transposed : not_transposed);
  if (product.bias == nullptr) return;
  set(OperationAttribute::epilogue, bias);
  set(OperationAttribute::bias_pointer, static_cast<const void*>(product.bias));
}

Layout Descriptors::layout(DataType type, std::int64_t rows, std::int64_t columns, std::int64_t leading,
                           std::int64_t batch, std::int64_t stride) {
  Layout made = nullptr;
  if (status_ != success) return made;
  note(api_.create_layout(&made, type, static_cast<std::uint64_t>(rows), static_cast<std::uint64_t>(columns), leading));
  if (status_ != success || batch == 1) return made;
  const auto count = static_cast<std::int32_t>(batch);
  note(api_.set_layout(made, LayoutAttribute::batch_count, &count, sizeof count));
  note(api_.set_layout(made, LayoutAttribute::batch_stride, &stride, sizeof stride));
  return made;
}

}  // namespace anneal::array::cuda::blas_lt

// A product in cuBLASLt's words.
#pragma once

#include "array/cuda/blas_lt_api.h"
#include "array/gpu/product.h"

namespace anneal::array::cuda::blas_lt {

/// Row-major matrices are transposed column-major ones: C^T = B^T A^T, so the library's A is the product's B.
class Descriptors {
 public:
  /// `api` outlives it. A status that is no success stays in status(), and all else is then undefined.
  Descriptors(const Api& api, const gpu::Product& product, DType c_dtype);
  Descriptors(const Descriptors&) = delete;
  Descriptors& operator=(const Descriptors&) = delete;
  ~Descriptors();

  Status status() const { return status_; }
  Operation operation() const { return operation_; }
  Layout a() const { return a_; }
  Layout b() const { return b_; }
  Layout c() const { return c_; }

 private:
  void note(Status status) {
    if (status_ == success) status_ = status;
  }
  void describe_operation(const gpu::Product& product);
  Layout layout(DataType type, std::int64_t rows, std::int64_t columns, std::int64_t leading, std::int64_t batch,
                std::int64_t stride);

  const Api& api_;
  Status status_ = success;
  Operation operation_ = nullptr;
  Layout a_ = nullptr, b_ = nullptr, c_ = nullptr;
};

}  // namespace anneal::array::cuda::blas_lt

#include "array/linalg/blas.h"

#ifdef __APPLE__
#define ACCELERATE_NEW_LAPACK  // the interface that is not deprecated
#include <Accelerate/Accelerate.h>
#else
#include <cblas.h>
#endif

namespace anneal::array::linalg {
namespace {

void use_one_thread_per_call() {
#ifndef __APPLE__
  [[maybe_unused]] static const bool done = [] {
    openblas_set_num_threads(1);
    return true;
  }();
#endif
}

CBLAS_TRANSPOSE as_blas(bool is_transposed) { return is_transposed ? CblasTrans : CblasNoTrans; }

void gemm(CBLAS_TRANSPOSE a_form, CBLAS_TRANSPOSE b_form, int rows, int columns, int inner, const float* a,
          int a_stride, const float* b, int b_stride, float* c, int c_stride) {
  cblas_sgemm(CblasRowMajor, a_form, b_form, rows, columns, inner, 1.0F, a, a_stride, b, b_stride, 0.0F, c, c_stride);
}
void gemm(CBLAS_TRANSPOSE a_form, CBLAS_TRANSPOSE b_form, int rows, int columns, int inner, const double* a,
          int a_stride, const double* b, int b_stride, double* c, int c_stride) {
  cblas_dgemm(CblasRowMajor, a_form, b_form, rows, columns, inner, 1.0, a, a_stride, b, b_stride, 0.0, c, c_stride);
}

// Added to y: with a factor of 0, some releases of OpenBLAS keep NaNs that were there before.
void gemv(CBLAS_TRANSPOSE form, int rows, int columns, const float* a, int a_stride, const float* x, int x_stride,
          float* y, int y_stride) {
  cblas_sgemv(CblasRowMajor, form, rows, columns, 1.0F, a, a_stride, x, x_stride, 1.0F, y, y_stride);
}
void gemv(CBLAS_TRANSPOSE form, int rows, int columns, const double* a, int a_stride, const double* x, int x_stride,
          double* y, int y_stride) {
  cblas_dgemv(CblasRowMajor, form, rows, columns, 1.0, a, a_stride, x, x_stride, 1.0, y, y_stride);
}

// y = matrix x.
template <class T>
void matrix_by_vector(int rows, int inner, Operand<T> matrix, const T* x, int x_stride, T* y, int y_stride) {
  for (std::int64_t row = 0; row < rows; ++row) y[row * y_stride] = T{0};
  const bool is_transposed = matrix.is_transposed;
  gemv(as_blas(is_transposed), is_transposed ? inner : rows, is_transposed ? rows : inner, matrix.data,
       static_cast<int>(matrix.stride), x, x_stride, y, y_stride);
}

template <class T>
void multiply_any(std::int64_t rows64, std::int64_t columns64, std::int64_t inner64, Operand<T> a, Operand<T> b, T* c,
                  std::int64_t c_stride64) {
  use_one_thread_per_call();
  const auto rows = static_cast<int>(rows64);
  const auto columns = static_cast<int>(columns64);
  const auto inner = static_cast<int>(inner64);
  const auto c_stride = static_cast<int>(c_stride64);
  const auto a_stride = static_cast<int>(a.stride);
  const auto b_stride = static_cast<int>(b.stride);
  if (columns == 1) {
    matrix_by_vector(rows, inner, a, b.data, b.is_transposed ? 1 : b_stride, c, c_stride);
  } else if (rows == 1) {
    const Operand<T> b_transpose{b.data, b.stride, !b.is_transposed};
    matrix_by_vector(columns, inner, b_transpose, a.data, a.is_transposed ? a_stride : 1, c, 1);
  } else {
    gemm(as_blas(a.is_transposed), as_blas(b.is_transposed), rows, columns, inner, a.data, a_stride, b.data, b_stride,
         c, c_stride);
  }
}

}  // namespace

void multiply(std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<float> a, Operand<float> b, float* c,
              std::int64_t c_stride) {
  multiply_any(rows, columns, inner, a, b, c, c_stride);
}

void multiply(std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<double> a, Operand<double> b,
              double* c, std::int64_t c_stride) {
  multiply_any(rows, columns, inner, a, b, c, c_stride);
}

template <class T>
void multiply_by_one_call(std::int64_t side, Operand<T> a, Operand<T> b, T* c, [[maybe_unused]] int threads) {
  use_one_thread_per_call();
#ifndef __APPLE__
  openblas_set_num_threads(threads);
#endif
  multiply_any(side, side, side, a, b, c, side);
#ifndef __APPLE__
  openblas_set_num_threads(1);
#endif
}
template void multiply_by_one_call(std::int64_t, Operand<float>, Operand<float>, float*, int);
template void multiply_by_one_call(std::int64_t, Operand<double>, Operand<double>, double*, int);

float inner_product(std::int64_t count, const float* a, std::int64_t a_stride, const float* b, std::int64_t b_stride) {
  use_one_thread_per_call();
  return cblas_sdot(static_cast<int>(count), a, static_cast<int>(a_stride), b, static_cast<int>(b_stride));
}

double inner_product(std::int64_t count, const double* a, std::int64_t a_stride, const double* b,
                     std::int64_t b_stride) {
  use_one_thread_per_call();
  return cblas_ddot(static_cast<int>(count), a, static_cast<int>(a_stride), b, static_cast<int>(b_stride));
}

}  // namespace anneal::array::linalg

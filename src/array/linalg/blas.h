// The calls of BLAS that anneal makes: OpenBLAS, or Accelerate on macOS.
//
// OpenBLAS is set to one thread per call when it is first used, and larger products are cut into calls that oneTBB's
// threads make. Its own threads would not know how many the caller allows, spin for a while after each call, and serve
// one product at a time, so that a batch of them would wait; and where it cuts a product depends on their number, which
// changes the last bits of results. Accelerate's threads are the system's, and are left alone.
#pragma once

#include <cstdint>

namespace anneal::array::linalg {

/// A matrix in row-major order whose rows begin `stride` elements apart; or its transpose, if that is what is meant.
template <class T>
struct Operand {
  const T* data = nullptr;
  std::int64_t stride = 1;  ///< at least 1, and the length of a stored row
  bool is_transposed = false;

  /// Without the rows above and the columns to the left of a place.
  Operand from(std::int64_t row, std::int64_t column) const {
    return {data + (is_transposed ? column * stride + row : row * stride + column), stride, is_transposed};
  }
};

/// What a call can be told: BLAS counts in int.
inline constexpr std::int64_t blas_limit = 0x7FFFFFFF;

/// c = a b, of rows x inner and inner x columns. All numbers at least 1 and at most blas_limit.
void multiply(std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<float> a, Operand<float> b, float* c,
              std::int64_t c_stride);
void multiply(std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<double> a, Operand<double> b,
              double* c, std::int64_t c_stride);

/// Of up to blas_limit elements, strides from 1 up.
float inner_product(std::int64_t count, const float* a, std::int64_t a_stride, const float* b, std::int64_t b_stride);
double inner_product(std::int64_t count, const double* a, std::int64_t a_stride, const double* b,
                     std::int64_t b_stride);

/// For comparisons: c = a b of square matrices by one call with so many threads of BLAS's own (of Accelerate's, as many
/// as it likes). Not while other threads compute products. T is float or double.
template <class T>
void multiply_by_one_call(std::int64_t side, Operand<T> a, Operand<T> b, T* c, int threads);

}  // namespace anneal::array::linalg

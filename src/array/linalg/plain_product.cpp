#include "array/linalg/plain_product.h"

namespace anneal::array::linalg {

template <class T>
void multiply_plainly(std::int64_t rows, std::int64_t columns, std::int64_t inner, Operand<T> a, Operand<T> b, T* c,
                      std::int64_t c_stride) {
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t column = 0; column < columns; ++column) {
      double sum = 0;
      for (std::int64_t k = 0; k < inner; ++k) sum += double{*a.from(row, k).data} * double{*b.from(k, column).data};
      c[row * c_stride + column] = static_cast<T>(sum);
    }
  }
}

template void multiply_plainly(std::int64_t, std::int64_t, std::int64_t, Operand<float>, Operand<float>, float*,
                               std::int64_t);
template void multiply_plainly(std::int64_t, std::int64_t, std::int64_t, Operand<double>, Operand<double>, double*,
                               std::int64_t);

}  // namespace anneal::array::linalg

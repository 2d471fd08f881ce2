#include <tbb/parallel_for.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "array/copy.h"
#include "array/element_type.h"
#include "array/linalg/blas.h"
#include "array/linalg/matmul.h"
#include "array/linalg/product_shape.h"

namespace anneal::array::linalg {
namespace {

// A vector that BLAS takes: its own memory, or a copy.
struct Vector {
  Strided elements;
  std::shared_ptr<void> owner;

  Vector(const Strided& given, DType dtype) : elements(given) {
    const std::int64_t stride = given.strides[0];
    if (given.dtype == dtype && stride >= 1 && stride <= blas_limit) return;
    const Dense dense = dense_copy(given, dtype);
    elements = dense.view();
    owner = dense.owner;
  }
  template <class T>
  const T* at(std::int64_t place) const {
    return reinterpret_cast<const T*>(elements.data) + place * elements.strides[0];
  }
};

// Sums of blocks are added up in double: the error does not grow with the number of them.
template <class S>
S float_dot(const Strided& a, const Strided& b) {
  using T = Computed<S>;
  constexpr DType dtype = std::is_same_v<T, double> ? DType::f64 : DType::f32;
  const Vector x(a, dtype);
  const Vector y(b, dtype);
  const std::int64_t count = a.shape[0];
  constexpr std::int64_t block = 1 << 12;
  constexpr std::int64_t blocks_per_task = 16;
  const std::int64_t blocks = (count + block - 1) / block;
  std::vector<double> sums(static_cast<std::size_t>(blocks));
  const auto add_up = [&](std::int64_t task) {
    const std::int64_t last = std::min(blocks, (task + 1) * blocks_per_task);
    for (std::int64_t k = task * blocks_per_task; k < last; ++k) {
      const std::int64_t part = std::min(block, count - k * block);
      sums[static_cast<std::size_t>(k)] = double{
          inner_product(part, x.at<T>(k * block), x.elements.strides[0], y.at<T>(k * block), y.elements.strides[0])};
    }
  };
  const std::int64_t tasks = (blocks + blocks_per_task - 1) / blocks_per_task;
  if (tasks == 1) {
    add_up(0);
  } else {
    tbb::parallel_for(std::int64_t{0}, tasks, add_up);
  }
  return stored<S>(static_cast<T>(std::accumulate(sums.begin(), sums.end(), 0.0)));
}

template <class S>
S integer_dot(const Strided& a, const Strided& b) {
  const auto* x = reinterpret_cast<const S*>(a.data);
  const auto* y = reinterpret_cast<const S*>(b.data);
  if constexpr (std::is_same_v<S, bool>) {
    for (std::int64_t k = 0; k < a.shape[0]; ++k) {
      if (x[k * a.strides[0]] && y[k * b.strides[0]]) return true;
    }
    return false;
  } else {
    std::uint64_t sum = 0;
    for (std::int64_t k = 0; k < a.shape[0]; ++k) {
      sum += static_cast<std::uint64_t>(x[k * a.strides[0]]) * static_cast<std::uint64_t>(y[k * b.strides[0]]);
    }
    return static_cast<S>(sum);
  }
}

}  // namespace

Values dot(const Strided& a, const Strided& b) {
  check_dot(a.shape, b.shape);
  const Dense result = new_dense(a.dtype, {});
  with_element_type(a.dtype, [&]<class S>(TypeTag<S>) {
    if constexpr (std::is_integral_v<S>) {
      *result.data<S>() = integer_dot<S>(a, b);
    } else {
      *result.data<S>() = a.shape[0] == 0 ? stored<S>(0) : float_dot<S>(a, b);
    }
  });
  return result.values();
}

}  // namespace anneal::array::linalg

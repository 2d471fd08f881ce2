#include "array/linalg/conv1d.h"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <memory>

#include "array/copy.h"
#include "array/element_type.h"
#include "array/linalg/blas.h"
#include "array/linalg/integer_product.h"
#include "array/linalg/multiplied.h"

namespace anneal::array::linalg {
namespace {

template <class S>
class Convolution {
 public:
  using T = Multiplied<S>;

  Convolution(const Strided& a, const Strided& kernels, const Steps& steps, ProductsBy by, const Dense& result)
      : a_(a), steps_(steps), by_(by), width_(kernels.shape[2]), out_(kernels.shape[0]),
        terms_(kernels.shape[1] * width_), positions_(result.elements.shape[2]),
        kernels_(dense_copy(kernels, is_half<S> ? DType::f32 : kernels.dtype)), result_(result.data<S>()) {
    // A block of what the kernels see is in the second cache. It follows from the shape, so results do.
    constexpr std::int64_t block_bytes = 1 << 19;
    block_ = std::clamp<std::int64_t>(block_bytes / static_cast<std::int64_t>(sizeof(T)) / terms_, 16, 1024);
  }

  void compute() const {
    const std::int64_t blocks = (positions_ + block_ - 1) / block_;
    const tbb::blocked_range<std::int64_t> tasks(0, a_.shape[0] * blocks);
    tbb::parallel_for(tasks, [&](const tbb::blocked_range<std::int64_t>& range) {
      const auto size = static_cast<std::size_t>(std::min(block_, positions_));
      const auto seen = std::make_unique<T[]>(size * static_cast<std::size_t>(terms_));
      const auto sums = std::make_unique<T[]>(is_half<S> ? size * static_cast<std::size_t>(out_) : 1);
      for (std::int64_t task = range.begin(); task < range.end(); ++task) {
        compute(task / blocks, task % blocks * block_, seen.get(), sums.get());
      }
    });
  }

 private:
  void compute(std::int64_t item, std::int64_t first, T* seen, T* sums) const {
    const std::int64_t count = std::min(block_, positions_ - first);
    for (std::int64_t term = 0; term < terms_; ++term) see(item, term, first, count, seen + term * count);
    const Operand<T> kernels{kernels_.template data<const T>(), terms_};
    S* to = result_ + item * out_ * positions_ + first;
    if constexpr (is_half<S>) {
      multiply(by_, out_, count, terms_, kernels, Operand<T>{seen, count}, sums, count);
      for (std::int64_t row = 0; row < out_; ++row) {
        for (std::int64_t k = 0; k < count; ++k) to[row * positions_ + k] = stored<S>(sums[row * count + k]);
      }
    } else {
      multiply(by_, out_, count, terms_, kernels, Operand<T>{seen, count}, reinterpret_cast<T*>(to), positions_);
    }
  }

  // What the term of a channel and a place in the kernel is at the positions from `first`.
  void see(std::int64_t item, std::int64_t term, std::int64_t first, std::int64_t count, T* to) const {
    const std::int64_t length = a_.shape[2];
    const auto* line = reinterpret_cast<const S*>(a_.data) + item * a_.strides[0] + term / width_ * a_.strides[1];
    const std::int64_t start = first * steps_.stride + term % width_ * steps_.dilation - steps_.padding;
    // Positions from `inside` to `outside` are in the line, the others see padding.
    const std::int64_t inside = std::clamp<std::int64_t>((steps_.stride - 1 - start) / steps_.stride, 0, count);
    const std::int64_t outside =
        start >= length ? inside : std::clamp<std::int64_t>((length - 1 - start) / steps_.stride + 1, inside, count);
    std::fill(to, to + inside, T{0});
    for (std::int64_t k = inside; k < outside; ++k) {
      to[k] = static_cast<T>(computed(line[(start + k * steps_.stride) * a_.strides[2]]));
    }
    std::fill(to + outside, to + count, T{0});
  }

  const Strided& a_;
  Steps steps_;
  ProductsBy by_;
  std::int64_t width_;
  std::int64_t out_;
  std::int64_t terms_;
  std::int64_t positions_;
  std::int64_t block_ = 0;
  Dense kernels_;
  S* result_;
};

}  // namespace

Values conv1d(const Strided& a, const Strided& kernels, const Steps& steps, ProductsBy by) {
  const Shape shape = conv1d_shape(a.shape, kernels.shape, steps);
  if (count_of(kernels.shape) == 0 || count_of(shape) == 0) return new_zeros(a.dtype, shape).values();
  const Dense result = new_dense(a.dtype, shape);
  with_element_type(a.dtype, [&]<class S>(TypeTag<S>) { Convolution<S>(a, kernels, steps, by, result).compute(); });
  return result.values();
}

}  // namespace anneal::array::linalg

#include "array/arrange/cumulative_sum.h"

#include "array/dense.h"
#include "array/element_type.h"
#include "array/lines.h"

namespace anneal::array::arrange {
namespace {

template <class S>
using Result = std::conditional_t<std::is_integral_v<S>, std::int64_t, S>;

// Unsigned, as it may wrap around.
template <class S>
using Sum = std::conditional_t<std::is_integral_v<S>, std::uint64_t, double>;

template <class S>
Result<S> rounded(Sum<S> sum) {
  if constexpr (std::is_integral_v<S>) {
    return static_cast<std::int64_t>(sum);
  } else {
    return stored<S>(static_cast<Computed<S>>(sum));
  }
}

template <class S>
void add_up(const S* from, std::int64_t from_step, Result<S>* to, std::int64_t to_step, std::int64_t count) {
  Sum<S> sum{0};
  for (std::int64_t k = 0; k < count; ++k) {
    sum += static_cast<Sum<S>>(computed(from[k * from_step]));
    to[k * to_step] = rounded<S>(sum);
  }
}

}  // namespace

Values cumulative_sum(const Strided& a, int axis) {
  const int along = axis_in(a.shape, axis, "cumulative_sum");
  const Dense result = new_dense(a.dtype < DType::f16 ? DType::i64 : a.dtype, a.shape);
  if (count_of(a.shape) == 0) return result.values();
  const auto k_along = static_cast<std::size_t>(along);
  const std::int64_t size = a.shape[k_along];
  with_element_type(a.dtype, [&]<class S>(TypeTag<S>) {
    const auto* from = reinterpret_cast<const S*>(a.data);
    for_each_line<2>(without_axis(a.shape, along),
                     {without_axis(a.strides, along), without_axis(result.elements.strides, along)}, size, [&] {
                       return [&](const LineOffsets<2>& offsets) {
                         add_up<S>(from + offsets[0], a.strides[k_along], result.data<Result<S>>() + offsets[1],
                                   result.elements.strides[k_along], size);
                       };
                     });
  });
  return result.values();
}

}  // namespace anneal::array::arrange

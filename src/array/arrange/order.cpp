#include "array/arrange/order.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <vector>

#include "array/arrange/merge_sort.h"
#include "array/arrange/top_shape.h"
#include "array/dense.h"
#include "array/element_type.h"
#include "array/lines.h"

namespace anneal::array::arrange {
namespace {

template <class T>
bool is_less(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    return a < b || (std::isnan(b) && !std::isnan(a));
  } else {
    return a < b;
  }
}

// The elements of a line next to each other, and their places.
template <class S>
class Line {
 public:
  using T = Computed<S>;

  Line(std::int64_t count, std::int64_t stride)
      : stride_(stride), values_(new T[static_cast<std::size_t>(count)]), places_(static_cast<std::size_t>(count)) {}

  void load(const S* line) {
    for (std::size_t k = 0; k < places_.size(); ++k)
      values_[k] = computed(line[static_cast<std::int64_t>(k) * stride_]);
  }
  void sort_values() {
    if (!other_values_) other_values_.reset(new T[places_.size()]);
    merge_sort(values_.get(), other_values_.get(), places_.size(), is_less<T>);
  }
  void sort_places() {
    other_places_.resize(places_.size());
    std::iota(places_.begin(), places_.end(), 0);
    merge_sort(places_.data(), other_places_.data(), places_.size(),
               [this](auto a, auto b) { return is_less(value(a), value(b)); });
  }
  void find_largest(std::int64_t count) {
    std::iota(places_.begin(), places_.end(), 0);
    std::partial_sort(places_.begin(), places_.begin() + count, places_.end(), [this](auto a, auto b) {
      if (is_less(value(b), value(a))) return true;
      return a < b && !is_less(value(a), value(b));
    });
  }
  T value(std::int64_t place) const { return values_[static_cast<std::size_t>(place)]; }
  std::int64_t place(std::int64_t rank) const { return places_[static_cast<std::size_t>(rank)]; }

 private:
  std::int64_t stride_;
  std::unique_ptr<T[]> values_;
  std::vector<std::int64_t> places_;
  // What sorting needs.
  std::unique_ptr<T[]> other_values_;
  std::vector<std::int64_t> other_places_;
};

// Calls work(line, offsets in the results) for each line of `a`; all results have one layout.
template <class S, class Work>
void with_lines(const Strided& a, int axis, const Dense& result, const Work& work) {
  const auto along = static_cast<std::size_t>(axis);
  const std::int64_t size = a.shape[along];
  const auto* elements = reinterpret_cast<const S*>(a.data);
  // Sorting costs about as much as going through the line this often.
  const std::int64_t work_per_line = size * 16;
  for_each_line<2>(without_axis(a.shape, axis),
                   {without_axis(a.strides, axis), without_axis(result.elements.strides, axis)}, work_per_line, [&] {
                     return [&, line = Line<S>(size, a.strides[along])](const LineOffsets<2>& offsets) mutable {
                       line.load(elements + offsets[0]);
                       work(line, offsets[1]);
                     };
                   });
}

}  // namespace

Values sort(const Strided& a, int axis) {
  const int along = axis_in(a.shape, axis, "sort");
  const Dense result = new_dense(a.dtype, a.shape);
  if (count_of(a.shape) == 0) return result.values();
  const auto k_along = static_cast<std::size_t>(along);
  with_element_type(a.dtype, [&]<class S>(TypeTag<S>) {
    with_lines<S>(a, along, result, [&](Line<S>& line, std::int64_t offset) {
      line.sort_values();
      S* out = result.data<S>() + offset;
      for (std::int64_t k = 0; k < a.shape[k_along]; ++k) {
        out[k * result.elements.strides[k_along]] = stored<S>(line.value(k));
      }
    });
  });
  return result.values();
}

Values argsort(const Strided& a, int axis) {
  const int along = axis_in(a.shape, axis, "argsort");
  const Dense result = new_dense(DType::i64, a.shape);
  if (count_of(a.shape) == 0) return result.values();
  const auto k_along = static_cast<std::size_t>(along);
  with_element_type(a.dtype, [&]<class S>(TypeTag<S>) {
    with_lines<S>(a, along, result, [&](Line<S>& line, std::int64_t offset) {
      line.sort_places();
      std::int64_t* out = result.data<std::int64_t>() + offset;
      for (std::int64_t k = 0; k < a.shape[k_along]; ++k) out[k * result.elements.strides[k_along]] = line.place(k);
    });
  });
  return result.values();
}

Top top_k(const Strided& a, std::int64_t count, int axis) {
  const int along = axis_in(a.shape, axis, "top_k");
  const auto k_along = static_cast<std::size_t>(along);
  const Shape shape = top_shape(a.shape, count, along);
  const Dense values = new_dense(a.dtype, shape);
  const Dense places = new_dense(DType::i64, shape);
  if (count_of(shape) > 0) {
    const std::int64_t step = values.elements.strides[k_along];
    with_element_type(a.dtype, [&]<class S>(TypeTag<S>) {
      with_lines<S>(a, along, values, [&](Line<S>& line, std::int64_t offset) {
        line.find_largest(count);
        for (std::int64_t k = 0; k < count; ++k) {
          places.data<std::int64_t>()[offset + k * step] = line.place(k);
          values.data<S>()[offset + k * step] = stored<S>(line.value(line.place(k)));
        }
      });
    });
  }
  return {values.values(), places.values()};
}

}  // namespace anneal::array::arrange

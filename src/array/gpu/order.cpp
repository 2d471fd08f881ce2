#include "array/gpu/order.h"

#include "array/arrange/top_shape.h"
#include "array/gpu/copy.h"
#include "array/gpu/dense.h"
#include "array/gpu/launch.h"
#include "array/gpu/sort_lines.h"

namespace anneal::array::gpu {
namespace {

// The first `count` of each line along an axis, in order.
class Ordered {
 public:
  Ordered(Gpu& gpu, const Strided& a, int axis, Direction direction, std::int64_t count)
      : gpu_(gpu), axis_(axis), lines_(row_major(gpu, with_last_axis(a, axis))),
        types_{a.dtype, direction, lines_.elements.shape.back() > 0xFFFFFFFF}, kernels_(gpu, types_),
        shape_(lines_.elements.shape) {
    const std::int64_t size = shape_.back();
    shape_.back() = count;
    sorted_ = sorted_places(gpu, types_, {lines_.elements.data, count_of(shape_) / count, size}, count);
    take_ = {static_cast<std::uint64_t>(count_of(shape_)), static_cast<std::uint64_t>(count),
             static_cast<std::uint64_t>(size), static_cast<std::uint64_t>(sorted_.size)};
  }

  Values values() {
    const Dense taken = new_dense(gpu_, lines_.elements.dtype, shape_);
    launch_for_each(gpu_, *kernels_.take_elements(), count_of(shape_), lines_.elements.data, sorted_.places.get(),
                    taken.elements.data, take_);
    return as_result(taken);
  }
  Values places() {
    const Dense taken = new_dense(gpu_, DType::i64, shape_);
    launch_for_each(gpu_, *kernels_.take_places(), count_of(shape_), sorted_.places.get(), taken.elements.data, take_);
    return as_result(taken);
  }

 private:
  Values as_result(const Dense& taken) {
    const RowMajor result = row_major(gpu_, with_axis_back(taken.view(), axis_));
    return {result.elements, result.owner == nullptr ? taken.owner : result.owner, &gpu_};
  }

  Gpu& gpu_;
  int axis_;
  RowMajor lines_;
  OrderTypes types_;
  OrderKernels kernels_;
  Shape shape_;
  SortedPlaces sorted_;
  TakeValue take_{};
};

Values nothing(Gpu& gpu, DType dtype, Shape shape) { return values_of(gpu, new_dense(gpu, dtype, std::move(shape))); }

}  // namespace

Values sort(Gpu& gpu, const Strided& a, int axis) {
  const int along = axis_in(a.shape, axis, "sort");
  if (count_of(a.shape) == 0) return nothing(gpu, a.dtype, a.shape);
  return Ordered(gpu, a, along, Direction::ascending, a.shape[static_cast<std::size_t>(along)]).values();
}

Values argsort(Gpu& gpu, const Strided& a, int axis) {
  const int along = axis_in(a.shape, axis, "argsort");
  if (count_of(a.shape) == 0) return nothing(gpu, DType::i64, a.shape);
  return Ordered(gpu, a, along, Direction::ascending, a.shape[static_cast<std::size_t>(along)]).places();
}

arrange::Top top_k(Gpu& gpu, const Strided& a, std::int64_t count, int axis) {
  const int along = axis_in(a.shape, axis, "top_k");
  const Shape shape = arrange::top_shape(a.shape, count, along);
  if (count_of(shape) == 0) return {nothing(gpu, a.dtype, shape), nothing(gpu, DType::i64, shape)};
  Ordered ordered(gpu, a, along, Direction::descending, count);
  return {ordered.values(), ordered.places()};
}

}  // namespace anneal::array::gpu

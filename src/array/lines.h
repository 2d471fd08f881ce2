// Arrays line by line: the elements along one axis, for every place on the others.
#pragma once

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "anneal/array.h"

namespace anneal::array {

/// Where a line begins in each of `count` arrays, in elements.
template <std::size_t count>
using LineOffsets = std::array<std::int64_t, count>;

/// Goes through the lines in row-major order.
template <std::size_t count>
class LineWalk {
 public:
  /// `shape` without the axis along which lines are, and the strides of each array there.
  LineWalk(Shape shape, std::array<Shape, count> strides) : shape_(std::move(shape)), strides_(std::move(strides)) {
    place_.assign(shape_.size(), 0);
  }

  void start_at(std::int64_t line) {
    offsets_.fill(0);
    for (std::size_t axis = shape_.size(); axis-- > 0;) {
      place_[axis] = line % shape_[axis];
      line /= shape_[axis];
      for (std::size_t k = 0; k < count; ++k) offsets_[k] += place_[axis] * strides_[k][axis];
    }
  }
  void next() {
    for (std::size_t axis = shape_.size(); axis-- > 0;) {
      for (std::size_t k = 0; k < count; ++k) offsets_[k] += strides_[k][axis];
      if (++place_[axis] < shape_[axis]) return;
      for (std::size_t k = 0; k < count; ++k) offsets_[k] -= shape_[axis] * strides_[k][axis];
      place_[axis] = 0;
    }
  }
  const LineOffsets<count>& offsets() const { return offsets_; }

 private:
  Shape shape_;
  std::array<Shape, count> strides_;
  Shape place_;
  LineOffsets<count> offsets_{};
};

inline Shape without_axis(Shape shape, int axis) {
  shape.erase(shape.begin() + axis);
  return shape;
}

/// Calls make_worker()(offsets) for all lines, on several threads where there is work for them; a worker does a run of
/// lines. `elements_per_line` says how much work a line is. No size may be 0.
template <std::size_t count, class MakeWorker>
void for_each_line(const Shape& lines, const std::array<Shape, count>& strides, std::int64_t elements_per_line,
                   const MakeWorker& make_worker) {
  std::int64_t all = 1;
  for (const std::int64_t size : lines) all *= size;
  const auto work = [&](const tbb::blocked_range<std::int64_t>& range) {
    auto worker = make_worker();
    LineWalk<count> walk(lines, strides);
    walk.start_at(range.begin());
    for (std::int64_t line = range.begin(); line < range.end(); ++line, walk.next()) worker(walk.offsets());
  };
  constexpr std::int64_t elements_per_task = 1 << 15;
  const std::int64_t grain =
      std::max<std::int64_t>(1, elements_per_task / std::max<std::int64_t>(1, elements_per_line));
  const tbb::blocked_range<std::int64_t> range(0, all, static_cast<std::size_t>(grain));
  if (all <= grain) {
    work(range);
  } else {
    tbb::parallel_for(range, work);
  }
}

}  // namespace anneal::array

#include "array/dense.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

#include "anneal/error.h"

namespace anneal::array {
namespace {

constexpr std::align_val_t alignment{64};

}  // namespace

Dense new_dense(DType dtype, Shape shape) {
  const std::size_t bytes = static_cast<std::size_t>(count_of(shape)) * bytes_of(dtype);
  void* memory = ::operator new(std::max<std::size_t>(bytes, 1), alignment, std::nothrow);
  if (memory == nullptr) {
    throw Error(ErrorCode::out_of_memory,
                fmt::format("an array of shape {} needs {} bytes, which cannot be allocated: use a smaller one",
                            text_of(shape), bytes));
  }
  std::shared_ptr<void> owner(memory, [](void* block) { ::operator delete(block, alignment); });
  Shape strides = row_major_strides(shape);
  return {{static_cast<std::byte*>(memory), dtype, std::move(shape), std::move(strides)}, std::move(owner)};
}

Dense new_zeros(DType dtype, Shape shape) {
  Dense zeros = new_dense(dtype, std::move(shape));
  std::memset(zeros.elements.data, 0, static_cast<std::size_t>(count_of(zeros.elements.shape)) * bytes_of(dtype));
  return zeros;
}

std::int64_t count_of(const Shape& shape) {
  if (std::ranges::find(shape, 0) != shape.end()) return 0;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 8;
  std::int64_t count = 1;
  for (const std::int64_t size : shape) {
    if (size > most / count) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("shape {} has more than {} elements: use a smaller one", text_of(shape), most));
    }
    count *= size;
  }
  return count;
}

Shape row_major_strides(const Shape& shape) {
  Shape strides(shape.size());
  std::int64_t stride = 1;
  for (std::size_t axis = shape.size(); axis-- > 0;) {
    strides[axis] = stride;
    stride *= std::max<std::int64_t>(shape[axis], 1);
  }
  return strides;
}

std::string text_of(const Shape& shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

int checked_axis(int axis, std::size_t axes, std::string_view operation) {
  const int count = static_cast<int>(axes);
  if (axis < -count || axis >= count) {
    throw Error(ErrorCode::invalid_argument,
                count == 0
                    ? fmt::format("{}: axis {} of an array without axes: reshape it to have one", operation, axis)
                    : fmt::format("{}: axis {} is out of range: an array of {} axes has {} to {}", operation, axis,
                                  count, -count, count - 1));
  }
  return axis < 0 ? axis + count : axis;
}

Shape broadcast_shape(const Shape& a, const Shape& b, std::string_view operation) {
  const Shape& longer = a.size() >= b.size() ? a : b;
  const Shape& shorter = a.size() >= b.size() ? b : a;
  Shape shape = longer;
  const std::size_t first = longer.size() - shorter.size();
  for (std::size_t axis = 0; axis < shorter.size(); ++axis) {
    std::int64_t& size = shape[first + axis];
    if (size == 1) {
      size = shorter[axis];
    } else if (shorter[axis] != 1 && shorter[axis] != size) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("{}: shapes {} and {} do not broadcast: sizes must be equal, or 1", operation, text_of(a),
                              text_of(b)));
    }
  }
  return shape;
}

Strided broadcast_view(const Strided& a, const Shape& shape) {
  Strided view{a.data, a.dtype, shape, Shape(shape.size(), 0)};
  const std::size_t first = shape.size() - a.shape.size();
  for (std::size_t axis = 0; axis < a.shape.size(); ++axis) {
    view.strides[first + axis] = a.shape[axis] == 1 ? 0 : a.strides[axis];
  }
  return view;
}

}  // namespace anneal::array

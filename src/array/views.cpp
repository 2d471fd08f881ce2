#include "array/views.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "anneal/error.h"
#include "array/node.h"
#include "array/reshape.h"
#include "array/shape.h"
#include "array/slicing.h"
#include "array/transfer.h"

namespace anneal {
namespace {

using array::Strided;
using array::text_of;
using array::Values;

// As Python writes it.
std::string text_of(const Slice& slice) {
  const auto place = [](std::optional<std::int64_t> value) { return value ? std::to_string(*value) : std::string(); };
  return fmt::format("{}:{}:{}", place(slice.first), place(slice.last), slice.step);
}

void check_slices(std::span<const Slice> slices, const Shape& shape) {
  if (slices.size() > shape.size()) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} slices of shape {}: there may be one for each of {} axes",
                                                         slices.size(), text_of(shape), shape.size()));
  }
  for (std::size_t axis = 0; axis < slices.size(); ++axis) {
    if (slices[axis].step == 0) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("the slice of axis {} has the step 0: use 1, or -1 to go backwards", axis));
    }
    if (array::is_in_range(slices[axis], shape[axis])) continue;
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("the slice {} of axis {} is out of range of shape {}: places are {} to {}", text_of(slices[axis]),
                    axis, text_of(shape), -shape[axis], shape[axis] - (slices[axis].step < 0 ? 1 : 0)));
  }
}

void cut(Strided& elements, std::size_t axis, const Slice& slice) {
  const array::Places places = array::places_of(slice, elements.shape[axis]);
  const auto bytes = static_cast<std::int64_t>(size_of(elements.dtype));
  if (places.count > 0 && elements.data != nullptr) elements.data += places.first * elements.strides[axis] * bytes;
  elements.shape[axis] = places.count;
  // A single place needs no stride, which might overflow.
  if (places.count > 1) elements.strides[axis] *= slice.step;
}

std::vector<int> reversed(std::size_t axes) {
  std::vector<int> order(axes);
  std::iota(order.rbegin(), order.rend(), 0);
  return order;
}

std::vector<int> checked_order(std::vector<int> order, const Shape& shape) {
  const std::string given = text_of(Shape(order.begin(), order.end()));
  for (int& axis : order) axis = array::axis_in(shape, axis, "transpose()");
  std::vector<int> all = order;
  std::ranges::sort(all);
  const std::vector<int> wanted = reversed(shape.size());
  if (!std::ranges::equal(all, std::vector<int>(wanted.rbegin(), wanted.rend()))) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("transpose() of shape {} with the order {}: it must have each of {} axes once",
                            text_of(shape), given, shape.size()));
  }
  return order;
}

bool is_repeatable(const Shape& shape, const Shape& wanted) {
  if (shape.size() > wanted.size()) return false;
  return std::equal(shape.begin(), shape.end(), wanted.end() - static_cast<std::ptrdiff_t>(shape.size()),
                    [](std::int64_t size, std::int64_t to) { return size == 1 || size == to; });
}

// A view in each memory that the values are in.
template <class Change>
Array view_of(array::Node& node, const Change& change) {
  auto view = std::make_shared<array::Node>();
  for (Values& values : node.copies()) {
    change(values.elements);
    view->dtype = values.elements.dtype;
    view->shape = values.elements.shape;
    view->add_values(std::move(values));
  }
  return Array(std::move(view));
}

}  // namespace

Array array::array_of(Values values) {
  auto node = std::make_shared<Node>();
  node->dtype = values.elements.dtype;
  node->shape = values.elements.shape;
  node->add_values(std::move(values));
  return Array(std::move(node));
}

Array Array::slice(std::span<const Slice> slices) const {
  check_slices(slices, shape());
  return view_of(*node_, [&](Strided& elements) {
    for (std::size_t axis = 0; axis < slices.size(); ++axis) cut(elements, axis, slices[axis]);
  });
}

Array Array::transpose(std::vector<int> order) const {
  order = order.empty() ? reversed(shape().size()) : checked_order(std::move(order), shape());
  return view_of(*node_, [&](Strided& elements) {
    const Strided from = elements;
    for (std::size_t axis = 0; axis < order.size(); ++axis) {
      elements.shape[axis] = from.shape[static_cast<std::size_t>(order[axis])];
      elements.strides[axis] = from.strides[static_cast<std::size_t>(order[axis])];
    }
  });
}

Array Array::reshape(Shape wanted) const {
  const Shape shape = array::resolved_shape(this->shape(), std::move(wanted));
  array::checked_count(shape, dtype());
  auto reshaped = std::make_shared<array::Node>();
  reshaped->dtype = dtype();
  reshaped->shape = shape;
  for (Values& values : node_->copies()) {
    auto strides = array::reshaped_strides(values.elements, shape);
    if (!strides) continue;
    values.elements.shape = shape;
    values.elements.strides = std::move(*strides);
    reshaped->add_values(std::move(values));
  }
  if (reshaped->is_known()) return Array(std::move(reshaped));
  Values copy = array::row_major_copy(node_->copies().front());
  copy.elements.shape = shape;
  copy.elements.strides = array::contiguous_strides(shape);
  return array::array_of(std::move(copy));
}

Array Array::broadcast_to(Shape wanted) const {
  array::checked_count(wanted, dtype());
  if (!is_repeatable(shape(), wanted)) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("broadcast_to() of shape {} to {}: each size must be 1 or as wanted, from the last axis on",
                            text_of(shape()), text_of(wanted)));
  }
  return view_of(*node_, [&](Strided& elements) {
    Shape strides(wanted.size(), 0);
    const std::size_t lacking = wanted.size() - elements.shape.size();
    for (std::size_t axis = 0; axis < elements.shape.size(); ++axis) {
      if (elements.shape[axis] == wanted[lacking + axis]) strides[lacking + axis] = elements.strides[axis];
    }
    elements.shape = wanted;
    elements.strides = std::move(strides);
  });
}

}  // namespace anneal

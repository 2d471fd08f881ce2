#include "anneal/array.h"

#include <fmt/core.h>

#include <cstring>
#include <utility>

#include "anneal/error.h"
#include "array/allocate.h"
#include "array/copy_elements.h"
#include "array/dtype.h"
#include "array/elements.h"
#include "array/lazy.h"
#include "array/node.h"
#include "array/shape.h"
#include "array/views.h"

namespace anneal {
namespace {

Array number(double value, DType dtype, bool is_weak) {
  return array::constant({value, 0}, DType::f64, dtype, {}, is_weak);
}

Array weak_integer(std::int64_t value, DType dtype) {
  return array::constant({0, value}, DType::i64, dtype, {}, /*is_weak=*/true);
}

// The addresses of all elements must be differences that fit.
void check_strides(const Shape& shape, const Shape& strides, DType dtype) {
  if (strides.size() != shape.size()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("borrow() of shape {} with strides {}: there must be a stride for each axis",
                            array::text_of(shape), array::text_of(strides)));
  }
  std::int64_t span = 0;
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    std::int64_t extent = 0;
    if (shape[axis] < 2) continue;
    if (__builtin_mul_overflow(shape[axis], strides[axis], &extent) ||
        __builtin_mul_overflow(extent, static_cast<std::int64_t>(size_of(dtype)), &extent) || extent == INT64_MIN ||
        __builtin_add_overflow(span, extent < 0 ? -extent : extent, &span)) {
      throw Error(ErrorCode::invalid_argument,
                  fmt::format("borrow() of shape {} with strides {}: places in memory exceed 2^63 - 1 bytes",
                              array::text_of(shape), array::text_of(strides)));
    }
  }
}

void check_address(const void* data, DType dtype, const Shape& shape) {
  if (data == nullptr) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("borrow() of shape {}: there is no memory, but a null pointer", array::text_of(shape)));
  }
  if (reinterpret_cast<std::uintptr_t>(data) % size_of(dtype) != 0) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("borrow() of {} at an address that is no multiple of {}: copy_of() takes any",
                            name_of(dtype), size_of(dtype)));
  }
}

void check_value(double value, DType dtype) {
  if (array::is_float(dtype)) return;
  const array::IntegerRange range = array::range_of(dtype);
  // 2^63, which the highest i64 is rounded to, is too much.
  if (value >= static_cast<double>(range.lowest) && value < static_cast<double>(range.highest) + 1) return;
  throw Error(ErrorCode::invalid_argument, fmt::format("full() with the value {} of {}, which holds {} to {}: use f64",
                                                       value, name_of(dtype), range.lowest, range.highest));
}

}  // namespace

Array::Array() : Array(number(0, DType::f32, false)) {}
Array::Array(double value) : Array(number(value, DType::f64, true)) {}
Array::Array(std::int64_t value) : Array(weak_integer(value, DType::i64)) {}
Array::Array(int value) : Array(weak_integer(value, DType::i64)) {}
Array::Array(bool value) : Array(weak_integer(value ? 1 : 0, DType::boolean)) {}

Array Array::copy_of(const void* values, std::size_t count, DType dtype, Shape shape) {
  const std::int64_t wanted = array::checked_count(shape, dtype);
  if (static_cast<std::size_t>(wanted) != count) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} values were given for shape {}, which has {} elements",
                                                         count, array::text_of(shape), wanted));
  }
  array::Allocated copy = array::allocate(dtype, std::move(shape));
  if (count > 0) std::memcpy(copy.data, values, count * size_of(dtype));
  return array::array_of(std::move(copy.values));
}

Array Array::borrow(const void* data, DType dtype, Shape shape, Shape strides, std::shared_ptr<const void> owner) {
  const std::int64_t count = array::checked_count(shape, dtype);
  check_strides(shape, strides, dtype);
  if (count > 0) check_address(data, dtype, shape);
  return array::array_of(
      {{static_cast<const std::byte*>(data), dtype, std::move(shape), std::move(strides)}, std::move(owner)});
}

Array Array::zeros(Shape shape, DType dtype) { return array::constant({0, 0}, DType::f64, dtype, std::move(shape)); }

Array Array::full(Shape shape, double value, DType dtype) {
  check_value(value, dtype);
  return array::constant({value, 0}, DType::f64, dtype, std::move(shape));
}

Array Array::arange(std::int64_t count, DType dtype) {
  array::checked_count({count}, dtype);
  const array::IntegerRange range = array::range_of(dtype);
  if (!array::is_float(dtype) && count - 1 > range.highest) {
    throw Error(ErrorCode::invalid_argument, fmt::format("arange({}) of {}, which holds up to {}: use a larger dtype",
                                                         count, name_of(dtype), range.highest));
  }
  array::Allocated places = array::allocate(dtype, {count});
  const std::size_t size = size_of(dtype);
  for (std::int64_t k = 0; k < count; ++k) {
    array::write_number(places.data + static_cast<std::size_t>(k) * size, dtype, {static_cast<double>(k), k});
  }
  return array::array_of(std::move(places.values));
}

DType Array::dtype() const { return node_->dtype; }
const Shape& Array::shape() const { return node_->shape; }
std::int64_t Array::size() const { return array::count_of(node_->shape); }

const Array& Array::evaluate() const {
  node_->compute();
  return *this;
}
const Shape& Array::strides() const { return node_->values().elements.strides; }
const void* Array::data() const { return node_->values().elements.data; }

void Array::copy_to(void* values) const {
  array::copy_elements(static_cast<std::byte*>(values), node_->values().elements);
}

double Array::item() const {
  if (size() != 1) {
    throw Error(ErrorCode::invalid_argument, fmt::format("item() of shape {}, which has {} elements: it must be one",
                                                         array::text_of(shape()), size()));
  }
  return array::read_number(node_->values().elements.data, dtype()).real;
}

void Array::check_type(DType asked) const {
  if (asked == dtype() || (asked == DType::u8 && dtype() == DType::boolean)) return;
  throw Error(ErrorCode::invalid_argument, fmt::format("to_vector() of {} was asked of an array of {}: cast() it first",
                                                       name_of(asked), name_of(dtype())));
}

}  // namespace anneal

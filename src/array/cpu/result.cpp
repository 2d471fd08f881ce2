#include "array/cpu/result.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "anneal/error.h"
#include "array/cpu/result_memory.h"
#include "array/graph.h"

namespace anneal::array::cpu {

namespace {

std::size_t bytes_of(std::int64_t elements, std::size_t element_size, const Shape& shape) {
  std::int64_t bytes = 0;
  if (__builtin_mul_overflow(elements, static_cast<std::int64_t>(element_size), &bytes) ||
      bytes > INT64_MAX - static_cast<std::int64_t>(result_padding)) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("an array of shape ({}) with {} bytes an element has more bytes than 64 bits can count (at "
                            "most {}): use a smaller shape",
                            fmt::join(shape, ", "), element_size, INT64_MAX));
  }
  return static_cast<std::size_t>(bytes);
}

}  // namespace

Result make_result(DType dtype, const Shape& shape) {
  const std::size_t bytes = bytes_of(elements_of(shape), size_of(dtype), shape);
  auto memory = std::make_shared<device::Allocation>(allocate_result(bytes + result_padding));
  Result result;
  result.data = static_cast<std::byte*>(memory->data());
  result.values.owner = std::move(memory);
  Strided& elements = result.values.elements;
  elements.data = result.data;
  elements.dtype = dtype;
  elements.shape = shape;
  elements.strides.assign(shape.size(), 1);
  for (std::size_t k = shape.size(); k-- > 1;) {
    // Of an empty array no stride is used, so that it need not fit.
    const auto stride = static_cast<std::uint64_t>(elements.strides[k]) * static_cast<std::uint64_t>(shape[k]);
    elements.strides[k - 1] = static_cast<std::int64_t>(stride);
  }
  return result;
}

}  // namespace anneal::array::cpu

#include "array/allocate.h"

#include <fmt/core.h>

#include <memory>
#include <utility>

#include "anneal/error.h"
#include "array/cpu/result_memory.h"
#include "array/shape.h"

namespace anneal::array {
namespace {

constexpr std::size_t room_behind = 64;

}  // namespace

Allocated allocate(DType dtype, Shape shape) {
  const std::size_t bytes = static_cast<std::size_t>(count_of(shape)) * size_of(dtype);
  std::shared_ptr<device::Allocation> owner;
  try {
    owner = std::make_shared<device::Allocation>(cpu::allocate_result(bytes + room_behind));
  } catch (const Error&) {
    throw Error(ErrorCode::out_of_memory,
                fmt::format("{} bytes for shape {} of {} could not be allocated: use a smaller dtype, or parts", bytes,
                            text_of(shape), name_of(dtype)));
  }
  auto* data = static_cast<std::byte*>(owner->data());
  Shape strides = contiguous_strides(shape);
  return {{{data, dtype, std::move(shape), std::move(strides)}, std::move(owner)}, data};
}

}  // namespace anneal::array

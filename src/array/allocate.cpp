#include "array/allocate.h"

#include <fmt/format.h>

#include <new>
#include <utility>

#include "anneal/error.h"
#include "array/shape.h"

namespace anneal::array {
namespace {

constexpr std::align_val_t alignment{64};
constexpr std::size_t room_behind = 64;

}  // namespace

Allocated allocate(DType dtype, Shape shape) {
  const std::size_t bytes = static_cast<std::size_t>(count_of(shape)) * size_of(dtype);
  void* memory = ::operator new(bytes + room_behind, alignment, std::nothrow);
  if (memory == nullptr) {
    throw Error(ErrorCode::out_of_memory,
                fmt::format("{} bytes for shape {} of {} could not be allocated: use a smaller dtype, or parts", bytes,
                            text_of(shape), name_of(dtype)));
  }
  std::shared_ptr<void> owner(memory, [](void* data) { ::operator delete(data, alignment); });
  auto* data = static_cast<std::byte*>(memory);
  Shape strides = contiguous_strides(shape);
  return {{{data, dtype, std::move(shape), std::move(strides)}, std::move(owner)}, data};
}

}  // namespace anneal::array

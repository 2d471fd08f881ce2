#include "device/allocation.h"

#include <fmt/format.h>

#include <new>

#include "anneal/error.h"

namespace anneal::device {

Allocation allocate_host(std::size_t bytes) {
  constexpr std::align_val_t alignment{host_alignment};
  void* data = ::operator new(bytes, alignment, std::nothrow);
  if (data == nullptr) {
    throw Error(ErrorCode::out_of_memory,
                fmt::format("the machine refused {} bytes of memory: use less, or free some", bytes));
  }
  return Allocation(data, bytes, [](void*, void* block, std::size_t) { ::operator delete(block, alignment); });
}

}  // namespace anneal::device

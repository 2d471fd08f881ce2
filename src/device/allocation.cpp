#include "device/allocation.h"

#include <fmt/core.h>

#include <new>

#include "anneal/error.h"

namespace anneal::device {

namespace {

constexpr std::align_val_t alignment{host_alignment};

}  // namespace

void free_host(void* data) { ::operator delete(data, alignment); }

Allocation allocate_host(std::size_t bytes) {
  return allocate_host(bytes, [](void*, void* data, std::size_t) { free_host(data); });
}

Allocation allocate_host(std::size_t bytes, Allocation::Release release) {
  void* data = ::operator new(bytes, alignment, std::nothrow);
  if (data == nullptr) {
    throw Error(ErrorCode::out_of_memory,
                fmt::format("the machine refused {} bytes of memory: use less, or free some", bytes));
  }
  return Allocation(data, bytes, release);
}

}  // namespace anneal::device

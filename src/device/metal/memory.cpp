#include "device/metal/memory.h"

#include <fmt/core.h>
#include <sys/mman.h>

#include <algorithm>
#include <mutex>

namespace anneal::device::metal {
namespace {

std::uintptr_t address_of(const void* data) { return reinterpret_cast<std::uintptr_t>(data); }

std::string_view described(Storage storage) {
  switch (storage) {
    case Storage::managed:
      return "managed memory";
    case Storage::on_device:
      return "device memory";
    case Storage::shared:
      break;
  }
  return "shared memory";
}

// Addresses that nothing else in this process has, and that fault when they are touched. Null where there are none
// left.
Object reserve_addresses(std::size_t bytes) {
  void* const begin = ::mmap(nullptr, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANON | MAP_NORESERVE, -1, 0);
  if (begin == MAP_FAILED) return {};
  return Object(begin, [bytes](void* data) { ::munmap(data, bytes); });
}

}  // namespace

Memory::Memory(Runtime& runtime, Object device, std::string where)
    : runtime_(runtime), device_(std::move(device)), where_(std::move(where)) {}

Allocation Memory::allocate(std::size_t bytes, Storage storage) {
  Block block{
      .buffer = {}, .bytes = (std::max<std::size_t>(bytes, 1) + 3) / 4 * 4, .storage = storage, .addresses = {}};
  void* data = nullptr;
  runtime_.call(
      Operation::allocate,
      [&](RuntimeApi& api) {
        const std::string label = fmt::format("anneal {} bytes", bytes);
        Outcome outcome = api.create_buffer(device_, block.bytes, storage, label, block.buffer, data);
        if (!outcome.ok() || storage != Storage::on_device) return outcome;
        block.addresses = reserve_addresses(block.bytes);
        data = block.addresses.get();
        return data != nullptr ? outcome : Outcome{status::out_of_memory, "the process has no addresses left for it"};
      },
      [&] { return fmt::format("allocating {} bytes of {} for {}", bytes, described(storage), where_); });
  const std::scoped_lock lock(mutex_);
  blocks_.emplace(address_of(data), std::move(block));
  return Allocation(data, bytes, release, this);
}

void Memory::release(void* context, void* data, std::size_t) {
  auto& memory = *static_cast<Memory*>(context);
  const std::scoped_lock lock(memory.mutex_);
  memory.blocks_.erase(address_of(data));
}

std::optional<Memory::Place> Memory::find(const void* pointer) const {
  const std::shared_lock lock(mutex_);
  auto after = blocks_.upper_bound(address_of(pointer));
  if (after == blocks_.begin()) return std::nullopt;
  const auto& [begin, block] = *--after;
  const std::size_t offset = address_of(pointer) - begin;
  if (offset >= block.bytes) return std::nullopt;
  return Place{block.buffer, offset, block.bytes - offset, block.storage};
}

}  // namespace anneal::device::metal

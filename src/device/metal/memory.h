// A device's memory: which buffer a pointer points into.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>

#include "device/allocation.h"
#include "device/metal/runtime.h"

namespace anneal::device::metal {

/// Allocations are known by plain pointers; Metal's commands take a buffer and an offset. Each allocation is a buffer.
/// Where the host can reach it, it is at the buffer's contents; else at addresses that are reserved for it and that
/// nobody can read or write. Thread-safe.
class Memory {
 public:
  struct Place {
    Object buffer;
    std::size_t offset = 0;
    std::size_t bytes = 0;  ///< from there to the end of the buffer
    Storage storage = Storage::shared;

    bool on_host() const { return storage == Storage::shared; }  ///< the host sees what the device does
  };

  /// `where` names the device in errors.
  Memory(Runtime& runtime, Object device, std::string where);
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  /// At a multiple of 256. Outlived by the memory. Throws RuntimeError.
  Allocation allocate(std::size_t bytes, Storage storage);

  /// Nothing for a pointer that is not into a live allocation; to its end is not.
  std::optional<Place> find(const void* pointer) const;

 private:
  struct Block {
    Object buffer;
    std::size_t bytes = 0;  // of the buffer, which may be 3 larger than the allocation
    Storage storage = Storage::shared;
    Object addresses;  // that are reserved for it
  };

  static void release(void* context, void* data, std::size_t bytes);

  Runtime& runtime_;
  Object device_;
  std::string where_;
  mutable std::shared_mutex mutex_;
  std::map<std::uintptr_t, Block> blocks_;  // by first address
};

}  // namespace anneal::device::metal

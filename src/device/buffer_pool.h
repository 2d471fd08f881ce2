// Memory that is allocated once and used again and again, within a budget.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <mutex>
#include <vector>

#include "device/buffer.h"
#include "device/device.h"

namespace anneal::device {

/// Hands out buffers of one kind of memory. Sizes are rounded up to buckets, four for every doubling, so that a buffer
/// given back fits the next request of about its size. Thread-safe; outlives its buffers, and the device outlives it.
class BufferPool final : public AllocationOwner {
 public:
  struct Usage {
    std::uint64_t in_use = 0;      ///< bytes in buffers
    std::uint64_t held = 0;        ///< bytes in buffers, and idle ones kept for the next
    std::uint64_t high_water = 0;  ///< the most that was ever held
    std::uint64_t limit = 0;       ///< the budget
  };

  static constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

  BufferPool(Device& device, MemoryKind kind, std::uint64_t limit = unlimited);

  /// `size` uninitialised elements. Frees idle memory where the budget or the device demands it.
  /// Throws Error(out_of_memory) naming the bytes and the budget where even that does not help.
  template <class T>
  Buffer<T> acquire(std::size_t size) {
    if (size == 0) return {};
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / sizeof(T);
    return {*this, take(size <= most ? size * sizeof(T) : std::numeric_limits<std::size_t>::max()), size};
  }

  /// Frees all idle memory.
  void trim();

  Usage usage() const;

  void give_back(Allocation allocation) noexcept override;

 private:
  Allocation take(std::size_t bytes);
  Allocation allocate(std::size_t bytes);
  Allocation take_idle(std::size_t bytes);
  std::size_t fit_to_limit(std::size_t bytes);
  void release_idle();

  Device& device_;
  MemoryKind kind_;
  mutable std::mutex mutex_;
  std::map<std::size_t, std::vector<Allocation>> idle_;  // by size
  Usage usage_;
};

}  // namespace anneal::device

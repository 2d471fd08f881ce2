// Raw memory of a device.
#pragma once

#include <cstddef>
#include <memory>

namespace anneal::device {

enum class MemoryKind {
  shared,   ///< the host and the device both address it
  device,   ///< fast for the device; only a CPU's is addressable by the host
  staging,  ///< host memory that the device copies from and to at full speed
};

/// Owns one block. Movable; empty after a move.
class Allocation {
 public:
  /// Frees the block; `context` is what the constructor was given.
  using Release = void (*)(void* context, void* data, std::size_t bytes);

  Allocation() = default;
  Allocation(void* data, std::size_t bytes, Release release, void* context = nullptr)
      : data_(data, Deleter{bytes, release, context}) {}

  void* data() const { return data_.get(); }
  std::size_t bytes() const { return data_ ? data_.get_deleter().bytes : 0; }

 private:
  struct Deleter {
    std::size_t bytes;
    Release release;
    void* context;
    void operator()(void* data) const { release(context, data, bytes); }
  };
  std::unique_ptr<void, Deleter> data_;
};

/// Every allocation of host memory starts at a multiple of this: a cache line on all processors, and any SIMD vector.
inline constexpr std::size_t host_alignment = 128;

/// Uninitialised host memory. Throws Error(out_of_memory).
Allocation allocate_host(std::size_t bytes);
/// The same, which `release` gives back in the end: by free_host(), or to keep it for a while.
Allocation allocate_host(std::size_t bytes, Allocation::Release release);
void free_host(void* data);

}  // namespace anneal::device

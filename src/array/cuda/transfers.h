// Copies between the host's memory and a GPU's.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <mutex>

#include "device/buffer_pool.h"
#include "device/cuda/device.h"

namespace anneal::array::cuda {

/// Through pinned memory, in pieces that threads fill or empty while others cross the bus: as fast as the bus, also
/// from and to memory that is not pinned. In the order of `queue`. Thread-safe. Device and queue outlive it.
class Transfers {
 public:
  static constexpr std::size_t piece_bytes = std::size_t{8} << 20;

  Transfers(device::cuda::Device& device, device::cuda::Queue& queue);
  ~Transfers() { queue_.drain(); }
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  /// `from` may change once this returns.
  void upload(std::byte* to, const std::byte* from, std::size_t bytes);
  /// Returns when all is there.
  void download(std::byte* to, const std::byte* from, std::size_t bytes);

 private:
  // Pinned memory, and what has to happen before it can be used again.
  struct Piece {
    device::Buffer<std::byte> memory;
    std::shared_ptr<const device::Event> last_use;
  };

  Piece& piece(std::size_t number, std::size_t bytes);

  device::cuda::Queue& queue_;
  std::mutex mutex_;
  device::BufferPool memory_;
  std::array<Piece, 2> pieces_;
};

}  // namespace anneal::array::cuda

// Arrays that the host fills and the device reads, or the other way round: in one block on each side, copied at once.
#pragma once

#include <cstddef>

#include "device/buffer_pool.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

/// `size` elements at a place that is the same in both blocks.
template <class T>
struct Piece {
  std::size_t offset = 0;  ///< bytes
  std::size_t size = 0;
};

class MirrorLayout {
 public:
  template <class T>
  Piece<T> add(std::size_t size) {
    bytes_ = (bytes_ + alignment - 1) / alignment * alignment;
    const Piece<T> piece{bytes_, size};
    bytes_ += size * sizeof(T);
    return piece;
  }
  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t alignment = device::host_alignment;

  std::size_t bytes_ = 0;
};

/// Must not end before what queues do with it.
class Mirror {
 public:
  Mirror() = default;
  /// Uninitialised. Throws Error(out_of_memory).
  Mirror(const MirrorLayout& layout, device::BufferPool& staging, device::BufferPool& memory)
      : host_(staging.acquire<unsigned char>(layout.bytes())), device_(memory.acquire<unsigned char>(layout.bytes())) {}

  template <class T>
  T* host(const Piece<T>& piece) const {
    return reinterpret_cast<T*>(host_.data() + piece.offset);
  }
  template <class T>
  T* device(const Piece<T>& piece) const {
    return reinterpret_cast<T*>(device_.data() + piece.offset);
  }

  /// The first `bytes` of the block.
  void upload(device::cuda::Queue& queue, std::size_t bytes) const { queue.copy(device_.data(), host_.data(), bytes); }
  template <class T>
  void upload(device::cuda::Queue& queue, const Piece<T>& piece) const {
    queue.copy(device(piece), host(piece), piece.size * sizeof(T));
  }
  /// All from one piece to another one, with what lies between them.
  template <class T, class U>
  void download(device::cuda::Queue& queue, const Piece<T>& first, const Piece<U>& last) const {
    const std::size_t end = last.offset + last.size * sizeof(U);
    queue.copy(host_.data() + first.offset, device_.data() + first.offset, end - first.offset);
  }
  template <class T>
  void download(device::cuda::Queue& queue, const Piece<T>& piece) const {
    queue.copy(host(piece), device(piece), piece.size * sizeof(T));
  }

 private:
  device::Buffer<unsigned char> host_;
  device::Buffer<unsigned char> device_;
};

}  // namespace anneal::align::cuda

// Arrays that the host fills and the device reads, or the other way round: in one block on each side, copied at once.
#pragma once

#include <cstddef>

#include "device/buffer_pool.h"
#include "device/queue.h"

namespace anneal::align::gpu {

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

/// Must not end before what queues do with it. Where `staging` and `memory` are one, both sides have the same block,
/// and nothing is copied.
class Mirror {
 public:
  Mirror() = default;
  /// Uninitialised. Throws Error(out_of_memory).
  Mirror(const MirrorLayout& layout, device::BufferPool& staging, device::BufferPool& memory)
      : memory_(memory.acquire<unsigned char>(layout.bytes())), device_(memory_.data()), host_(device_) {
    if (&staging == &memory) return;
    staging_ = staging.acquire<unsigned char>(layout.bytes());
    host_ = staging_.data();
  }

  template <class T>
  T* host(const Piece<T>& piece) const {
    return reinterpret_cast<T*>(host_ + piece.offset);
  }
  template <class T>
  T* device(const Piece<T>& piece) const {
    return reinterpret_cast<T*>(device_ + piece.offset);
  }

  /// The first `bytes` of the block.
  void upload(device::Queue& queue, std::size_t bytes) const { copy(queue, device_, host_, bytes); }
  template <class T>
  void upload(device::Queue& queue, const Piece<T>& piece) const {
    copy(queue, device(piece), host(piece), piece.size * sizeof(T));
  }
  /// All from one piece to another one, with what lies between them.
  template <class T, class U>
  void download(device::Queue& queue, const Piece<T>& first, const Piece<U>& last) const {
    const std::size_t end = last.offset + last.size * sizeof(U);
    copy(queue, host_ + first.offset, device_ + first.offset, end - first.offset);
  }
  template <class T>
  void download(device::Queue& queue, const Piece<T>& piece) const {
    copy(queue, host(piece), device(piece), piece.size * sizeof(T));
  }

 private:
  void copy(device::Queue& queue, void* to, const void* from, std::size_t bytes) const {
    if (host_ != device_) queue.copy(to, from, bytes);
  }

  device::Buffer<unsigned char> memory_;
  device::Buffer<unsigned char> staging_;
  unsigned char* device_ = nullptr;
  unsigned char* host_ = nullptr;
};

}  // namespace anneal::align::gpu

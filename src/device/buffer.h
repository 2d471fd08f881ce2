// Typed memory on loan from a BufferPool.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

#include "device/allocation.h"

namespace anneal::device {

/// Takes memory back when its buffer ends.
class AllocationOwner {
 public:
  virtual void give_back(Allocation allocation) noexcept = 0;

 protected:
  ~AllocationOwner() = default;
};

/// `size()` uninitialised elements. Movable; must not outlive the pool that it came from.
template <class T>
class Buffer {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
  static_assert(alignof(T) <= host_alignment);

 public:
  Buffer() = default;
  Buffer(AllocationOwner& owner, Allocation allocation, std::size_t size)
      : owner_(&owner), allocation_(std::move(allocation)), size_(size) {}
  ~Buffer() { reset(); }

  Buffer(Buffer&& other) noexcept
      : owner_(std::exchange(other.owner_, nullptr)), allocation_(std::move(other.allocation_)),
        size_(std::exchange(other.size_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    Buffer taken(std::move(other));
    std::swap(owner_, taken.owner_);
    std::swap(allocation_, taken.allocation_);
    std::swap(size_, taken.size_);
    return *this;
  }

  T* data() const { return static_cast<T*>(allocation_.data()); }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t i) const { return data()[i]; }
  T* begin() const { return data(); }
  T* end() const { return data() + size_; }
  std::span<T> span() const { return {data(), size_}; }

  /// Gives the memory back now.
  void reset() noexcept {
    if (owner_ != nullptr) owner_->give_back(std::move(allocation_));
    owner_ = nullptr;
    size_ = 0;
  }

 private:
  AllocationOwner* owner_ = nullptr;
  Allocation allocation_;
  std::size_t size_ = 0;
};

}  // namespace anneal::device

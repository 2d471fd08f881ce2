// Memory of minimap2's library, for one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "map/minimap/library.h"

namespace anneal::map {

class Pool {
 public:
  Pool() : pool_(km_init(), km_destroy) {}

  void* get() const { return pool_.get(); }

  /// To be called when nothing is allocated: gives memory back that a long read has left.
  void trim() {
    constexpr std::size_t most = std::size_t{64} << 20;
    km_stat_t state;
    km_stat(pool_.get(), &state);
    if (state.capacity > most) pool_.reset(km_init());
  }

 private:
  std::unique_ptr<void, void (*)(void*)> pool_;
};

/// What was allocated in a pool, which must outlive it.
template <typename T>
class Pooled {
 public:
  Pooled(const Pool& pool, T* memory) : pool_(&pool), memory_(memory) {}
  ~Pooled() { kfree(pool_->get(), memory_); }
  Pooled(const Pooled&) = delete;
  Pooled& operator=(const Pooled&) = delete;

  T* get() const { return memory_; }
  void reset(T* memory) {
    kfree(pool_->get(), memory_);
    memory_ = memory;
  }
  T* release() {
    T* const memory = memory_;
    memory_ = nullptr;
    return memory;
  }

 private:
  const Pool* pool_;
  T* memory_;
};

/// A list that never grows beyond `most` elements.
template <typename T>
class PooledList {
 public:
  PooledList(const Pool& pool, std::size_t most)
      : memory_(pool, static_cast<T*>(kmalloc(pool.get(), most * sizeof(T)))) {}

  void push_back(const T& value) { memory_.get()[size_++] = value; }
  void shrink(std::size_t size) { size_ = size; }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::size_t i) { return memory_.get()[i]; }
  const T& operator[](std::size_t i) const { return memory_.get()[i]; }
  std::span<T> span() { return {memory_.get(), size_}; }

 private:
  Pooled<T> memory_;
  std::size_t size_ = 0;
};

}  // namespace anneal::map

#include "array/cpu/result_memory.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>
#include <new>
#include <vector>

#include "anneal/error.h"
#include "array/cpu/small_blocks.h"

namespace anneal::array::cpu {

namespace {

constexpr std::align_val_t alignment{std::size_t{1} << 21};  // of a huge page

// Four sizes for every doubling, so that a block fits the next of about its size.
std::size_t rounded_up(std::size_t bytes) {
  const std::size_t step = std::max<std::size_t>(std::bit_floor(bytes) / 4, 1);
  return (bytes + step - 1) / step * step;
}

void free_block(void* block) { ::operator delete(block, alignment); }

class IdleBlocks {
 public:
  void* take(std::size_t bytes) {
    const std::scoped_lock lock(mutex_);
    const auto found = blocks_.find(bytes);
    if (found == blocks_.end() || found->second.empty()) return nullptr;
    void* block = found->second.back();
    found->second.pop_back();
    held_ -= bytes;
    return block;
  }

  void give_back(void* block, std::size_t bytes) noexcept {
    if (!keep(block, bytes)) free_block(block);
  }

  std::size_t held() {
    const std::scoped_lock lock(mutex_);
    return held_;
  }

  void clear() {
    const std::scoped_lock lock(mutex_);
    for (auto& [bytes, blocks] : blocks_) {
      for (void* block : blocks) free_block(block);
    }
    blocks_.clear();
    held_ = 0;
  }

 private:
  bool keep(void* block, std::size_t bytes) noexcept try {
    const std::scoped_lock lock(mutex_);
    if (held_ + bytes > most_kept_bytes) return false;
    blocks_[bytes].push_back(block);
    held_ += bytes;
    return true;
  } catch (const std::bad_alloc&) {  // no memory for the list
    return false;
  }

  std::mutex mutex_;
  std::map<std::size_t, std::vector<void*>> blocks_;  // by size
  std::size_t held_ = 0;
};

// Never destroyed: arrays may live longer than anything else.
IdleBlocks& idle_blocks() {
  static IdleBlocks& blocks = *new IdleBlocks;
  return blocks;
}

void* new_block(std::size_t bytes) {
  void* block = ::operator new(bytes, alignment, std::nothrow);
#ifdef MADV_HUGEPAGE
  if (block) madvise(block, bytes, MADV_HUGEPAGE);  // where the kernel refuses, it is as it was
#endif
  return block;
}

}  // namespace

device::Allocation allocate_result(std::size_t bytes) {
  if (bytes <= most_small_bytes) return allocate_small(bytes);
  if (bytes < least_kept_bytes) return device::allocate_host(bytes);
  const std::size_t size = bytes > most_kept_bytes ? bytes : rounded_up(bytes);
  void* block = idle_blocks().take(size);
  if (block == nullptr) block = new_block(size);
  if (block == nullptr) {
    free_idle_results();
    return device::allocate_host(bytes);
  }
  return device::Allocation(block, size,
                            [](void*, void* data, std::size_t given) { idle_blocks().give_back(data, given); });
}

std::size_t idle_result_bytes() { return idle_blocks().held(); }

void free_idle_results() { idle_blocks().clear(); }

}  // namespace anneal::array::cpu

#include "array/cpu/small_blocks.h"

#if __has_include(<sanitizer/asan_interface.h>)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) (static_cast<void>(address), static_cast<void>(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) (static_cast<void>(address), static_cast<void>(size))
#endif

#include <algorithm>
#include <array>
#include <bit>

namespace anneal::array::cpu {

namespace {

constexpr std::size_t most_kept = 4;  // of each size

// Sizes are powers of two.
constexpr std::size_t smallest = device::host_alignment;
constexpr std::size_t sizes = std::bit_width(most_small_bytes) - std::bit_width(smallest) + 1;

std::size_t number_of(std::size_t size) {
  return static_cast<std::size_t>(std::bit_width(size) - std::bit_width(smallest));
}

// Outlives the blocks: results that a thread's destructors let go of come after them.
thread_local bool is_over = false;

class IdleBlocks {
 public:
  IdleBlocks() = default;
  IdleBlocks(const IdleBlocks&) = delete;
  IdleBlocks& operator=(const IdleBlocks&) = delete;
  ~IdleBlocks() {
    is_over = true;
    for (std::size_t number = 0; number < sizes; ++number) {
      while (void* block = take(smallest << number)) device::free_host(block);
    }
  }

  void* take(std::size_t size) {
    Blocks& blocks = of_size_[number_of(size)];
    if (blocks.count == 0) return nullptr;
    void* block = blocks.addresses[--blocks.count];
    ASAN_UNPOISON_MEMORY_REGION(block, size);
    return block;
  }

  bool keep(void* block, std::size_t size) {
    Blocks& blocks = of_size_[number_of(size)];
    if (blocks.count == most_kept) return false;
    blocks.addresses[blocks.count++] = block;
    ASAN_POISON_MEMORY_REGION(block, size);
    return true;
  }

 private:
  struct Blocks {
    std::array<void*, most_kept> addresses;
    std::size_t count = 0;
  };
  std::array<Blocks, sizes> of_size_;
};

IdleBlocks& idle_blocks() {
  thread_local IdleBlocks blocks;
  return blocks;
}

void give_back(void*, void* block, std::size_t size) {
  if (is_over || !idle_blocks().keep(block, size)) device::free_host(block);
}

}  // namespace

device::Allocation allocate_small(std::size_t bytes) {
  const std::size_t size = std::bit_ceil(std::max(bytes, smallest));
  void* block = is_over ? nullptr : idle_blocks().take(size);
  return block == nullptr ? device::allocate_host(size, give_back) : device::Allocation(block, size, give_back);
}

}  // namespace anneal::array::cpu

// The memory that a threadgroup's threads share: variables of kernels and arguments of given length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "check/shadow.h"

namespace metal_emulator {

class ThreadgroupMemory {
 public:
  struct Region {
    unsigned number;
    std::size_t offset, bytes;
  };

  explicit ThreadgroupMemory(std::size_t most_bytes);

  /// Nothing is allocated any more.
  void clear();
  /// The region of that number, which is made at first use and filled with rubbish. Null where there is no room.
  void* region(unsigned number, std::size_t bytes, std::size_t alignment);
  /// "... bytes of threadgroup memory, ... at most", after null.
  std::string complaint() const;

  /// Of `bytes` that lie in one region, their offset; `none` else.
  static constexpr std::size_t none = ~std::size_t{0};
  std::size_t offset_of(const void* address, std::size_t bytes) const;
  ShadowMemory& shadow() { return shadow_; }

 private:
  struct Free {
    void operator()(void* memory) const;
  };

  std::size_t most_bytes_;
  std::size_t size_;
  std::unique_ptr<char, Free> memory_;
  ShadowMemory shadow_;
  std::vector<Region> regions_;
  std::size_t end_ = 0;
  std::size_t used_ = 0;
};

}  // namespace metal_emulator

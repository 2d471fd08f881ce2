// Blocks, as clang's -fblocks lays them out: what handlers are passed as.
#pragma once

#include <objc/runtime.h>

namespace metal_emulator {

/// A copy of a block that the caller passed, which takes arguments of these types.
template <class... Arguments>
class Block;

void* copy_block(const void* block);
void release_block(const void* block);
/// The function that a block's calls go to; the block is its first argument.
void (*block_function(const void* block))();

template <class... Arguments>
class Block {
 public:
  explicit Block(const void* block) : block_(copy_block(block)) {}
  Block(const Block& other) : Block(other.block_) {}
  Block& operator=(const Block&) = delete;
  ~Block() { release_block(block_); }

  void operator()(Arguments... arguments) const {
    reinterpret_cast<void (*)(void*, Arguments...)>(block_function(block_))(block_, arguments...);
  }

 private:
  void* block_;
};

}  // namespace metal_emulator

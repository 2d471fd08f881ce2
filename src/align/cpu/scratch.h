// Working memory of one task.
#pragma once

#include <cstddef>
#include <cstdint>

#include "device/buffer_pool.h"

namespace anneal::align::cpu {

/// Bytes from a pool that only grow.
class ScratchBytes {
 public:
  explicit ScratchBytes(device::BufferPool& pool) : pool_(pool) {}

  /// At least `size` bytes; what was there before is lost where it has to grow.
  std::uint8_t* reserve(std::size_t size) {
    if (size > buffer_.size()) {
      buffer_.reset();
      buffer_ = pool_.acquire<std::uint8_t>(size);
    }
    return buffer_.data();
  }

  std::uint8_t* data() { return buffer_.data(); }  ///< what reserve() returned last

 private:
  device::BufferPool& pool_;
  device::Buffer<std::uint8_t> buffer_;
};

struct Scratch {
  explicit Scratch(device::BufferPool& from)
      : pool(from), query_lanes(from), target_lanes(from), query_numbers(from), target_numbers(from), workspace(from),
        trace(from) {}

  device::BufferPool& pool;
  ScratchBytes query_lanes;  ///< interleaved letters
  ScratchBytes target_lanes;
  ScratchBytes query_numbers;  ///< the same, numbered as in PairScores
  ScratchBytes target_numbers;
  ScratchBytes workspace;  ///< the kernels' own arrays
  ScratchBytes trace;
};

}  // namespace anneal::align::cpu

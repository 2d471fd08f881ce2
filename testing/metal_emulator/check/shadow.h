// For each byte of some memory: who read and wrote it last.
#pragma once

#include <cstddef>
#include <cstdint>

namespace metal_emulator {

/// When a thread did something, and how. Time never goes back, across all dispatches; 0 is never.
class Stamp {
 public:
  Stamp() = default;
  Stamp(std::uint64_t time, std::uint32_t thread, bool is_atomic)
      : bits_(time << 11 | std::uint64_t{is_atomic} << 10 | thread) {}

  std::uint64_t time() const { return bits_ >> 11; }
  std::uint32_t thread() const { return bits_ & 1023u; }  ///< in its threadgroup
  bool is_atomic() const { return (bits_ >> 10 & 1u) != 0; }

 private:
  std::uint64_t bits_ = 0;
};

/// Of two threads that read since the last barrier, both are known; of more, two.
struct ByteHistory {
  Stamp write, read, other_read;
};

/// Zero until it is used, and no memory is taken for what is not used.
class ShadowMemory {
 public:
  explicit ShadowMemory(std::size_t bytes);
  ShadowMemory(const ShadowMemory&) = delete;
  ShadowMemory& operator=(const ShadowMemory&) = delete;
  ~ShadowMemory();

  ByteHistory* bytes(std::size_t offset) { return bytes_ + offset; }
  /// By something else than a kernel, before all that is to come.
  void mark_written(std::size_t offset, std::size_t count);

 private:
  ByteHistory* bytes_;
  std::size_t size_;
};

}  // namespace metal_emulator

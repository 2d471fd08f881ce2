// What checked kernels may not do: leave what is bound, race, and read what nobody wrote.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

#include "check/ordering.h"
#include "check/shadow.h"
#include "grid/dispatch.h"

namespace metal_emulator {

struct Access {
  const void* address;
  std::size_t bytes;
  AccessKind kind;
  std::uint32_t thread;  ///< in its threadgroup
};

class Checker {
 public:
  void begin_dispatch(const Dispatch& dispatch);
  void begin_threadgroup() { ordering_.begin_threadgroup(); }
  void threadgroup_barrier(unsigned memory_flags) { ordering_.threadgroup_barrier(memory_flags); }
  void simdgroup_barrier(std::uint32_t simdgroup, unsigned memory_flags) {
    ordering_.simdgroup_barrier(simdgroup, memory_flags);
  }

  /// What is wrong with it, or nothing. Both take note of the access.
  std::string access_threadgroup(const Access& access, ByteHistory* history);
  std::string access_device(const Access& access);

 private:
  struct Image {
    const char* begin = nullptr;
    const char* end = nullptr;
  };

  std::string race(const Access& access, ByteHistory& byte, Space space) const;
  std::string describe(const char* race, Space space, Stamp earlier) const;
  std::string out_of_bounds(const Access& access) const;
  void note(const Access& access, ByteHistory& byte) const;
  static Image image_of(const Kernel& kernel);

  Ordering ordering_;
  const Dispatch* dispatch_ = nullptr;
  Image image_;  ///< the library of kernels: its constants may be read
};

/// As long as it lives, no other dispatch is checked.
class CheckedDispatch {
 public:
  explicit CheckedDispatch(const Dispatch& dispatch);

  Checker& checker() const;

 private:
  std::unique_lock<std::mutex> lock_;
};

}  // namespace metal_emulator

// A stack of its own for each thread of the GPU, and switches between them on one thread of the host.
#pragma once

#include <cstddef>

namespace metal_emulator {

/// Runs a function on its own stack. Below the stack lies a page that nothing may touch.
class Fiber {
 public:
  Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;
  ~Fiber();

  /// What it will run, from the start. What it ran before is forgotten: nothing on its stack is destroyed.
  void restart(void (*function)(void*), void* argument);
  /// Goes on with it, until it calls pause() or its function returns.
  void resume();
  /// Back to who called resume(). Called on the fiber itself.
  void pause();

  bool has_on_stack(const void* address) const;

 private:
  static void start();

  char* stack_;
  void* position_ = nullptr;  ///< its stack pointer
  void* caller_ = nullptr;    ///< that of who resumed it
  void (*function_)(void*) = nullptr;
  void* argument_ = nullptr;
  // For AddressSanitizer, which must know which stack is used.
  void* shadow_ = nullptr;
  void* caller_shadow_ = nullptr;
  const void* caller_stack_ = nullptr;
  std::size_t caller_stack_size_ = 0;
};

}  // namespace metal_emulator

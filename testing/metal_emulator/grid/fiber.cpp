#include "grid/fiber.h"

#include <sys/mman.h>

#include <cstdlib>
#include <string>

#include "grid/sanitizer.h"
#include "grid/switch.h"
#include "stop.h"

namespace metal_emulator {
namespace {

constexpr std::size_t stack_size = 128 << 10;
constexpr std::size_t guard_size = 16 << 10;  // a page, on any processor

thread_local Fiber* current = nullptr;

}  // namespace

Fiber::Fiber() {
  const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void* memory = mmap(nullptr, guard_size + stack_size, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, guard_size, PROT_NONE) != 0) stop("no memory for a thread's stack");
  stack_ = static_cast<char*>(memory) + guard_size;
}

Fiber::~Fiber() { munmap(stack_ - guard_size, guard_size + stack_size); }

void Fiber::restart(void (*function)(void*), void* argument) {
  sanitizer::forget_stack(stack_, stack_size);
  shadow_ = nullptr;
  function_ = function;
  argument_ = argument;
  position_ = first_position(stack_ + stack_size, start);
}

void Fiber::start() {
  Fiber& self = *current;
  sanitizer::arrived(nullptr, &self.caller_stack_, &self.caller_stack_size_);
  self.function_(self.argument_);
  sanitizer::leaving(nullptr, self.caller_stack_, self.caller_stack_size_);  // for good
  metal_emulator_switch(&self.position_, self.caller_);
  std::abort();  // whoever resumes it without a restart
}

void Fiber::resume() {
  Fiber* outer = current;
  current = this;
  sanitizer::leaving(&caller_shadow_, stack_, stack_size);
  metal_emulator_switch(&caller_, position_);
  sanitizer::arrived(caller_shadow_, nullptr, nullptr);
  current = outer;
}

void Fiber::pause() {
  sanitizer::leaving(&shadow_, caller_stack_, caller_stack_size_);
  metal_emulator_switch(&position_, caller_);
  sanitizer::arrived(shadow_, &caller_stack_, &caller_stack_size_);
}

bool Fiber::has_on_stack(const void* address) const {
  const char* byte = static_cast<const char*>(address);
  return byte >= stack_ && byte < stack_ + stack_size;
}

}  // namespace metal_emulator

#include "grid/switch.h"

#if defined(__x86_64__)

#include <cstdint>

asm(R"(
.text
.globl metal_emulator_switch
.type metal_emulator_switch, @function
metal_emulator_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size metal_emulator_switch, .-metal_emulator_switch
)");

namespace metal_emulator {

void* first_position(char* top, void (*start)()) {
  auto* position = reinterpret_cast<std::uintptr_t*>(top - stack_reserve);
  *--position = 0;  // where `start` would return to; it is entered as by a call
  *--position = reinterpret_cast<std::uintptr_t>(start);
  for (int saved = 0; saved < 6; ++saved) *--position = 0;
  return position;
}

}  // namespace metal_emulator

#endif

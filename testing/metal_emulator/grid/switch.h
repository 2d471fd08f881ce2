// The only part of fibers that depends on the processor.
#pragma once

#include <cstddef>

namespace metal_emulator {

/// Bytes that are kept free at the top of a new stack, a multiple of 16.
constexpr std::size_t stack_reserve = 192;

/// Where the stack pointer of a new fiber stands: the first switch to it enters `start`.
void* first_position(char* top, void (*start)());

}  // namespace metal_emulator

/// Stores the stack pointer to `*from`, and goes on where `to` was stored.
extern "C" void metal_emulator_switch(void** from, void* to);

// Tells AddressSanitizer, where there is one, which stack is used.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define METAL_EMULATOR_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define METAL_EMULATOR_ASAN 1
#endif
#endif

#ifdef METAL_EMULATOR_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

namespace metal_emulator::sanitizer {

#ifdef METAL_EMULATOR_ASAN

inline void forget_stack(void* stack, std::size_t size) { __asan_unpoison_memory_region(stack, size); }
inline void leaving(void** shadow, const void* stack, std::size_t size) {
  __sanitizer_start_switch_fiber(shadow, stack, size);
}
inline void arrived(void* shadow, const void** stack, std::size_t* size) {
  __sanitizer_finish_switch_fiber(shadow, stack, size);
}

#else

inline void forget_stack(void*, std::size_t) {}
inline void leaving(void**, const void*, std::size_t) {}
inline void arrived(void*, const void**, std::size_t*) {}

#endif

}  // namespace metal_emulator::sanitizer

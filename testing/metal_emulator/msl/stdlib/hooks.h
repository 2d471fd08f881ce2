// Checked kernels are compiled with ThreadSanitizer's and UndefinedBehaviorSanitizer's passes, but not with their
// libraries. What the passes call is here, and asks the emulator.
#pragma once

#include "base.h"

#ifdef METAL_EMULATOR_CHECKS

#define METAL_EMULATOR_HOOK extern "C" METAL_EMULATOR_UNCHECKED
#define METAL_EMULATOR_ACCESS(address, bytes, kind) \
  metal_emulator::services->access(address, bytes, metal_emulator::AccessKind::kind, __builtin_return_address(0))

#define METAL_EMULATOR_ACCESSES(bytes)                                                                          \
  METAL_EMULATOR_HOOK void __tsan_read##bytes(void* address) { METAL_EMULATOR_ACCESS(address, bytes, read); }   \
  METAL_EMULATOR_HOOK void __tsan_write##bytes(void* address) { METAL_EMULATOR_ACCESS(address, bytes, write); } \
  METAL_EMULATOR_HOOK void __tsan_unaligned_read##bytes(void* address) {                                        \
    METAL_EMULATOR_ACCESS(address, bytes, read);                                                                \
  }                                                                                                             \
  METAL_EMULATOR_HOOK void __tsan_unaligned_write##bytes(void* address) {                                       \
    METAL_EMULATOR_ACCESS(address, bytes, write);                                                               \
  }
METAL_EMULATOR_ACCESSES(1)
METAL_EMULATOR_ACCESSES(2)
METAL_EMULATOR_ACCESSES(4)
METAL_EMULATOR_ACCESSES(8)
METAL_EMULATOR_ACCESSES(16)

METAL_EMULATOR_HOOK void __tsan_init() {}
METAL_EMULATOR_HOOK void __tsan_func_entry(void*) {}
METAL_EMULATOR_HOOK void __tsan_func_exit() {}
METAL_EMULATOR_HOOK void* __tsan_memcpy(void* to, const void* from, unsigned long count) {
  METAL_EMULATOR_ACCESS(from, count, read);
  METAL_EMULATOR_ACCESS(to, count, write);
  return __builtin_memcpy(to, from, count);
}
METAL_EMULATOR_HOOK void* __tsan_memmove(void* to, const void* from, unsigned long count) {
  METAL_EMULATOR_ACCESS(from, count, read);
  METAL_EMULATOR_ACCESS(to, count, write);
  return __builtin_memmove(to, from, count);
}
METAL_EMULATOR_HOOK void* __tsan_memset(void* to, int value, unsigned long count) {
  METAL_EMULATOR_ACCESS(to, count, write);
  return __builtin_memset(to, value, count);
}

namespace metal_emulator {

/// What a handler's first argument begins with.
struct UndefinedPlace {
  const char* file;
  unsigned line, column;
};

METAL_EMULATOR_UNCHECKED inline void undefined(const char* what, const UndefinedPlace* place) {
  services->undefined(what, Place{place->file, static_cast<int>(place->line)});
}

}  // namespace metal_emulator

#define METAL_EMULATOR_UNDEFINED(name, what)                                                   \
  METAL_EMULATOR_HOOK void __ubsan_handle_##name(metal_emulator::UndefinedPlace* place, ...) { \
    metal_emulator::undefined(what, place);                                                    \
  }
METAL_EMULATOR_UNDEFINED(add_overflow, "signed overflow of an addition")
METAL_EMULATOR_UNDEFINED(sub_overflow, "signed overflow of a subtraction")
METAL_EMULATOR_UNDEFINED(mul_overflow, "signed overflow of a multiplication")
METAL_EMULATOR_UNDEFINED(negate_overflow, "signed overflow of a negation")
METAL_EMULATOR_UNDEFINED(divrem_overflow, "division by zero, or its overflow")
METAL_EMULATOR_UNDEFINED(shift_out_of_bounds, "shift by a negative number, or by too many bits")
METAL_EMULATOR_UNDEFINED(out_of_bounds, "index outside an array")
METAL_EMULATOR_UNDEFINED(type_mismatch_v1, "access through a null or misaligned pointer")
METAL_EMULATOR_UNDEFINED(pointer_overflow, "pointer arithmetic that overflows, or on a null pointer")
METAL_EMULATOR_UNDEFINED(load_invalid_value, "a bool or an enum with a value that it cannot have")
METAL_EMULATOR_UNDEFINED(float_cast_overflow, "conversion of a number that the integer cannot hold")
METAL_EMULATOR_UNDEFINED(vla_bound_not_positive, "array without elements")

// These do not return, which the emulator's function does not either.
#define METAL_EMULATOR_UNDEFINED_END(name, what)                                                    \
  extern "C" METAL_EMULATOR_UNCHECKED                                                               \
      __attribute__((noreturn)) void __ubsan_handle_##name(metal_emulator::UndefinedPlace* place) { \
    metal_emulator::undefined(what, place);                                                         \
    __builtin_trap();                                                                               \
  }
METAL_EMULATOR_UNDEFINED_END(builtin_unreachable, "code that was said to be unreachable")
METAL_EMULATOR_UNDEFINED_END(missing_return, "a function that ends without a value")
METAL_EMULATOR_UNDEFINED(invalid_builtin, "clz or ctz of 0")
METAL_EMULATOR_UNDEFINED(nonnull_arg, "null where it is not allowed")

#endif

// Types and address spaces. With METAL_EMULATOR_STRICT an address space is part of a type, as in Metal, and what is
// compiled is never run; without, the words mean nothing.
#pragma once

#include <cfloat>
#include <climits>
#include <cmath>
#include <cstring>
#include <type_traits>
#include <utility>

#include "kernel_abi.h"

#ifdef METAL_EMULATOR_STRICT
#define METAL_EMULATOR_SPACE(number) __attribute__((address_space(number)))
#else
#define METAL_EMULATOR_SPACE(number)
#endif
#define METAL_EMULATOR_DEVICE METAL_EMULATOR_SPACE(1)
#define METAL_EMULATOR_CONSTANT METAL_EMULATOR_SPACE(2)
#define METAL_EMULATOR_SHARED METAL_EMULATOR_SPACE(3)

// What belongs to the emulator itself: what it accesses is not the kernel's.
#define METAL_EMULATOR_UNCHECKED __attribute__((disable_sanitizer_instrumentation, no_sanitize("thread", "undefined")))
#define METAL_EMULATOR_HERE \
  metal_emulator::Place { __builtin_FILE(), __builtin_LINE() }
#define METAL_EMULATOR_SAME(...) __VA_ARGS__

#pragma clang diagnostic ignored "-Wuser-defined-literals"
#pragma clang diagnostic ignored "-Wreserved-user-defined-literal"

typedef unsigned char uchar;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;
typedef _Float16 half;
constexpr half operator""h(long double value) { return half(value); }

// In each class of a kernel's source: objects can be assigned across address spaces. Templates, so that they do not
// compete for `object = {...}`. `access` is that of what follows.
#ifdef METAL_EMULATOR_STRICT
#define METAL_EMULATOR_ASSIGNED_FROM(space, name)                            \
  template <class Other>                                                     \
  name& operator=(const space Other& other) {                                \
    static_assert(std::is_same<Other, name>::value, "not of the same type"); \
    return *this;                                                            \
  }
#define METAL_EMULATOR_ASSIGNED_TO(to, name)                         \
  void operator=(this to name& self, const name& other) {}           \
  METAL_EMULATOR_ASSIGNED_BETWEEN(to, METAL_EMULATOR_DEVICE, name)   \
  METAL_EMULATOR_ASSIGNED_BETWEEN(to, METAL_EMULATOR_CONSTANT, name) \
  METAL_EMULATOR_ASSIGNED_BETWEEN(to, METAL_EMULATOR_SHARED, name)
#define METAL_EMULATOR_ASSIGNED_BETWEEN(to, from, name)                      \
  template <class Other>                                                     \
  void operator=(this to name& self, const from Other& other) {              \
    static_assert(std::is_same<Other, name>::value, "not of the same type"); \
  }
#define METAL_EMULATOR_ASSIGNED(name, access)                 \
 public:                                                      \
  name& operator=(const name& other) = default;               \
  METAL_EMULATOR_ASSIGNED_FROM(METAL_EMULATOR_DEVICE, name)   \
  METAL_EMULATOR_ASSIGNED_FROM(METAL_EMULATOR_CONSTANT, name) \
  METAL_EMULATOR_ASSIGNED_FROM(METAL_EMULATOR_SHARED, name)   \
  METAL_EMULATOR_ASSIGNED_TO(METAL_EMULATOR_DEVICE, name)     \
  METAL_EMULATOR_ASSIGNED_TO(METAL_EMULATOR_SHARED, name)     \
  access:
#else
#define METAL_EMULATOR_ASSIGNED(name, access)
#endif

namespace metal_emulator {
static const Services* services;
}

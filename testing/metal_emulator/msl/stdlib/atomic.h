// Atomic operations on int and uint in device and threadgroup memory. All are relaxed, as in Metal.
#pragma once

#include "base.h"

namespace metal {

enum memory_order { memory_order_relaxed };

template <class T>
struct atomic {
  T value;
};
typedef atomic<int> atomic_int;
typedef atomic<uint> atomic_uint;

/// Where the value is, after the check that the access is allowed.
template <class T, class Atomic>
METAL_EMULATOR_UNCHECKED T* atomic_place(Atomic* object) {
  T* place = (T*)&object->value;
#ifdef METAL_EMULATOR_CHECKS
  metal_emulator::services->access(place, sizeof(T), metal_emulator::AccessKind::atomic, __builtin_return_address(0));
#endif
  return place;
}

/// Replaces the value by `change(value)`, and gives what it was.
template <class T, class Change>
METAL_EMULATOR_UNCHECKED T atomic_change(T* place, Change change) {
  T old = __atomic_load_n(place, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(place, &old, change(old), true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
  }
  return old;
}

#define METAL_EMULATOR_FETCH(space, name, expression)                                                        \
  template <class T>                                                                                         \
  METAL_EMULATOR_UNCHECKED T atomic_##name##_explicit(volatile space atomic<T>* object, T b, memory_order) { \
    return atomic_change(atomic_place<T>(object), [b](T a) {                                                 \
      (void)a;                                                                                               \
      return T(expression);                                                                                  \
    });                                                                                                      \
  }
#define METAL_EMULATOR_ATOMICS(space)                                                                                \
  template <class T>                                                                                                 \
  METAL_EMULATOR_UNCHECKED T atomic_load_explicit(const volatile space atomic<T>* object, memory_order) {            \
    return __atomic_load_n(atomic_place<T>(object), __ATOMIC_RELAXED);                                               \
  }                                                                                                                  \
  template <class T>                                                                                                 \
  METAL_EMULATOR_UNCHECKED void atomic_store_explicit(volatile space atomic<T>* object, T value, memory_order) {     \
    __atomic_store_n(atomic_place<T>(object), value, __ATOMIC_RELAXED);                                              \
  }                                                                                                                  \
  template <class T>                                                                                                 \
  METAL_EMULATOR_UNCHECKED bool atomic_compare_exchange_weak_explicit(volatile space atomic<T>* object, T* expected, \
                                                                      T desired, memory_order, memory_order) {       \
    return __atomic_compare_exchange_n(atomic_place<T>(object), expected, desired, false, __ATOMIC_RELAXED,          \
                                       __ATOMIC_RELAXED);                                                            \
  }                                                                                                                  \
  METAL_EMULATOR_FETCH(space, exchange, b)                                                                           \
  METAL_EMULATOR_FETCH(space, fetch_add, uint(a) + uint(b))                                                          \
  METAL_EMULATOR_FETCH(space, fetch_sub, uint(a) - uint(b))                                                          \
  METAL_EMULATOR_FETCH(space, fetch_max, a < b ? b : a)                                                              \
  METAL_EMULATOR_FETCH(space, fetch_min, b < a ? b : a)                                                              \
  METAL_EMULATOR_FETCH(space, fetch_and, a& b)                                                                       \
  METAL_EMULATOR_FETCH(space, fetch_or, a | b)                                                                       \
  METAL_EMULATOR_FETCH(space, fetch_xor, a ^ b)

METAL_EMULATOR_ATOMICS(METAL_EMULATOR_DEVICE)
#ifdef METAL_EMULATOR_STRICT
METAL_EMULATOR_ATOMICS(METAL_EMULATOR_SHARED)
#endif

}  // namespace metal

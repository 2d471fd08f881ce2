// From what a thread gets to the arguments of a kernel, by their types and bindings.
#pragma once

#include "vectors.h"

namespace metal_emulator {

METAL_EMULATOR_UNCHECKED inline Extent builtin(Binding binding, const ThreadInputs& inputs) {
  switch (binding) {
    case Binding::thread_position_in_grid:
      return inputs.position_in_grid;
    case Binding::thread_position_in_threadgroup:
      return inputs.position_in_threadgroup;
    case Binding::threadgroup_position_in_grid:
      return inputs.threadgroup_position;
    case Binding::threads_per_threadgroup:
      return inputs.threadgroup_size;
    case Binding::dispatch_threads_per_threadgroup:
      return inputs.dispatched_size;
    case Binding::threads_per_grid:
      return inputs.grid_threads;
    case Binding::threadgroups_per_grid:
      return inputs.grid_threadgroups;
    case Binding::thread_index_in_threadgroup:
      return {inputs.index_in_threadgroup, 0, 0};
    case Binding::thread_index_in_simdgroup:
      return {inputs.lane, 0, 0};
    case Binding::simdgroup_index_in_threadgroup:
      return {inputs.simdgroup, 0, 0};
    case Binding::simdgroups_per_threadgroup:
      return {inputs.simdgroups, 0, 0};
    default:
      return {simd_width, 0, 0};
  }
}

template <class T>
constexpr ArgumentType type_behind(typename std::enable_if<std::is_void<T>::value>::type* = nullptr) {
  return {1, 1, !std::is_const<T>::value};
}
template <class T>
constexpr ArgumentType type_behind(typename std::enable_if<!std::is_void<T>::value>::type* = nullptr) {
  return {sizeof(T), alignof(T), !std::is_const<T>::value};
}

template <class T, class = void>
struct ArgumentOf;

template <class T>
struct ArgumentOf<T*> {
  static constexpr ArgumentType type() { return type_behind<T>(); }
  METAL_EMULATOR_UNCHECKED static T* get(const Argument& argument, const ThreadInputs& inputs) {
    void* const* from = argument.binding == Binding::threadgroup ? inputs.threadgroup_memory : inputs.buffers;
    return (T*)from[argument.index];
  }
};
template <class T>
struct ArgumentOf<T&> {
  static constexpr ArgumentType type() { return type_behind<T>(); }
  METAL_EMULATOR_UNCHECKED static T& get(const Argument& argument, const ThreadInputs& inputs) {
    return *ArgumentOf<T*>::get(argument, inputs);
  }
};
template <class T>
struct ArgumentOf<T, typename std::enable_if<std::is_integral<T>::value && !std::is_const<T>::value>::type> {
  static_assert(std::is_same<T, uint>::value || std::is_same<T, ushort>::value, "built-in inputs are uint or ushort");
  static constexpr ArgumentType type() { return {0, 1, false}; }
  METAL_EMULATOR_UNCHECKED static T get(const Argument& argument, const ThreadInputs& inputs) {
    return T(builtin(argument.binding, inputs).x);
  }
};
template <class T>
struct ArgumentOf<metal::vec<T, 2>> {
  static constexpr ArgumentType type() { return {0, 2, false}; }
  METAL_EMULATOR_UNCHECKED static metal::vec<T, 2> get(const Argument& argument, const ThreadInputs& inputs) {
    const Extent all = builtin(argument.binding, inputs);
    return {T(all.x), T(all.y)};
  }
};
template <class T>
struct ArgumentOf<metal::vec<T, 3>> {
  static constexpr ArgumentType type() { return {0, 3, false}; }
  METAL_EMULATOR_UNCHECKED static metal::vec<T, 3> get(const Argument& argument, const ThreadInputs& inputs) {
    const Extent all = builtin(argument.binding, inputs);
    return {T(all.x), T(all.y), T(all.z)};
  }
};
template <class T>
struct ArgumentOf<const T> : ArgumentOf<T> {};

template <class... Arguments, std::size_t... k>
METAL_EMULATOR_UNCHECKED void invoke_with(void (*kernel)(Arguments...), const Argument* arguments,
                                          const ThreadInputs& inputs, std::index_sequence<k...>) {
  kernel(ArgumentOf<Arguments>::get(arguments[k], inputs)...);
}
template <class... Arguments>
METAL_EMULATOR_UNCHECKED void invoke(void (*kernel)(Arguments...), const Argument* arguments,
                                     const ThreadInputs* inputs) {
  invoke_with(kernel, arguments, *inputs, std::index_sequence_for<Arguments...>{});
}

template <class Function>
struct Types;
template <class... Arguments>
struct Types<void (*)(Arguments...)> {
  static const ArgumentType* table() {
    static constexpr ArgumentType types[] = {ArgumentOf<Arguments>::type()..., ArgumentType{}};
    return types;
  }
};

/// Where the variable with that number is.
template <class T>
METAL_EMULATOR_UNCHECKED T* shared_variable(unsigned number) {
  return (T*)services->threadgroup_variable(number, sizeof(T), alignof(T));
}

}  // namespace metal_emulator

// A variable in threadgroup memory that a kernel's body declares.
#define METAL_EMULATOR_THREADGROUP(number, declaration, name) \
  struct metal_emulator_shared_##number {                     \
    declaration;                                              \
  };                                                          \
  auto& name = metal_emulator::shared_variable<METAL_EMULATOR_SHARED metal_emulator_shared_##number>(number)->name

#define METAL_EMULATOR_KERNEL_TABLE(...)                                                                        \
  extern "C" METAL_EMULATOR_UNCHECKED __attribute__((visibility("default"))) const metal_emulator::KernelTable* \
  metal_emulator_library() {                                                                                    \
    static const metal_emulator::Kernel kernels[] = {__VA_ARGS__{nullptr, nullptr, nullptr, 0, nullptr, 0}};    \
    static const metal_emulator::KernelTable table = {kernels, sizeof kernels / sizeof kernels[0] - 1,          \
                                                      &metal_emulator::services};                               \
    return &table;                                                                                              \
  }

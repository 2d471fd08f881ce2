// CUDA's C++ on a CPU: what kernels that are compiled from text may use of it. Nothing but what NVRTC has without
// headers belongs here.
#pragma once

#include <math.h>
#include <string.h>

#include <utility>

#include "kernel_abi.h"

namespace metal_emulator {
static const Services* services;
}

namespace cuda_emulator {

using metal_emulator::Place;
using metal_emulator::ThreadInputs;

/// The thread that runs. Whoever waits for others has to set it again afterwards.
static thread_local const ThreadInputs* current;

class Waiting {
 public:
  Waiting() : self_(current) {}
  ~Waiting() { current = self_; }

 private:
  const ThreadInputs* self_;
};

template <class To, class From>
To bits(From from) {
  static_assert(sizeof(To) == sizeof(From), "bits are as many as they were");
  To to;
  memcpy(&to, &from, sizeof to);
  return to;
}

// In place of the inline PTX of src/array/gpu/prelude_cuda.cpp.
inline float float_of_half(unsigned short half) { return static_cast<float>(bits<_Float16>(half)); }
inline unsigned short half_of_float(float value) { return bits<unsigned short>(static_cast<_Float16>(value)); }
// Subnormal numbers are 0, before and after.
inline float flushed(float x) { return x < 0x1p-126f && x > -0x1p-126f ? 0 * x : x; }
inline float exp2_about(float x) { return flushed(exp2f(flushed(x))); }
inline float reciprocal_about(float x) { return flushed(1 / flushed(x)); }

template <class... Arguments, std::size_t... k>
void call(void (*kernel)(Arguments...), void* const* arguments, std::index_sequence<k...>) {
  kernel(*static_cast<std::remove_const_t<Arguments>*>(arguments[k])...);
}
template <class... Arguments>
void call(void (*kernel)(Arguments...), const ThreadInputs* inputs) {
  current = inputs;
  call(kernel, inputs->buffers, std::index_sequence_for<Arguments...>());
}

/// Sizes of a kernel's arguments.
template <class Kernel>
struct Types;
template <class... Arguments>
struct Types<void (*)(Arguments...)> {
  static constexpr unsigned count = sizeof...(Arguments);
  static const metal_emulator::ArgumentType* table() {
    static const metal_emulator::ArgumentType types[] = {{sizeof(Arguments), alignof(Arguments), false}...,
                                                         {0, 0, false}};
    return types;
  }
};

}  // namespace cuda_emulator

#define CUDA_EMULATOR_KERNEL(kernel)                                                         \
  {#kernel,                                                                                  \
   [](const metal_emulator::ThreadInputs* inputs) { cuda_emulator::call(&kernel, inputs); }, \
   nullptr,                                                                                  \
   cuda_emulator::Types<decltype(&kernel)>::count,                                           \
   cuda_emulator::Types<decltype(&kernel)>::table(),                                         \
   0},
#define CUDA_EMULATOR_KERNELS(...)                                                                                \
  extern "C" __attribute__((visibility("default"))) const metal_emulator::KernelTable* metal_emulator_library() { \
    static const metal_emulator::Kernel kernels[] = {__VA_ARGS__};                                                \
    static const metal_emulator::KernelTable table = {kernels, sizeof kernels / sizeof kernels[0],                \
                                                      &metal_emulator::services};                                 \
    return &table;                                                                                                \
  }

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __grid_constant__
#define __launch_bounds__(...)
// A worker runs the threads of one group after the other.
#define __shared__ static thread_local
#define threadIdx (cuda_emulator::current->position_in_threadgroup)
#define blockIdx (cuda_emulator::current->threadgroup_position)
#define blockDim (cuda_emulator::current->threadgroup_size)
#define gridDim (cuda_emulator::current->grid_threadgroups)

#define CUDA_EMULATOR_PLACE \
  cuda_emulator::Place place = cuda_emulator::Place { __builtin_FILE(), __builtin_LINE() }

inline void __syncthreads(CUDA_EMULATOR_PLACE) {
  const cuda_emulator::Waiting waiting;
  metal_emulator::services->threadgroup_barrier(metal_emulator::flag_device | metal_emulator::flag_threadgroup, place);
}
inline void __syncwarp(unsigned = ~0u, CUDA_EMULATOR_PLACE) {
  const cuda_emulator::Waiting waiting;
  metal_emulator::services->simdgroup_barrier(metal_emulator::flag_device | metal_emulator::flag_threadgroup, place);
}
inline void __threadfence() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }

namespace cuda_emulator {

enum class Shuffle : unsigned { any, up, down, exclusive_or };

template <class T>
T shuffled(T own, Shuffle kind, unsigned from, Place place) {
  const Waiting waiting;
  const metal_emulator::Exchange* all =
      metal_emulator::services->exchange(&own, sizeof own, static_cast<unsigned>(kind), place);
  if (from >= metal_emulator::simd_width) return own;
  if ((all->active >> from & 1u) == 0) {
    metal_emulator::services->fail("a shuffle reads from a lane that takes no part", place);
  }
  T value;
  memcpy(&value, all->values[from], sizeof value);
  return value;
}

inline unsigned lane() { return metal_emulator::services->lane(); }

}  // namespace cuda_emulator

template <class T>
T __shfl_sync(unsigned, T value, int from, int = 32, CUDA_EMULATOR_PLACE) {
  return cuda_emulator::shuffled(value, cuda_emulator::Shuffle::any, static_cast<unsigned>(from) % 32u, place);
}
template <class T>
T __shfl_up_sync(unsigned, T value, unsigned by, int = 32, CUDA_EMULATOR_PLACE) {
  // Below the first lane: a number that is no lane's.
  return cuda_emulator::shuffled(value, cuda_emulator::Shuffle::up, cuda_emulator::lane() - by, place);
}
template <class T>
T __shfl_down_sync(unsigned, T value, unsigned by, int = 32, CUDA_EMULATOR_PLACE) {
  return cuda_emulator::shuffled(value, cuda_emulator::Shuffle::down, cuda_emulator::lane() + by, place);
}
template <class T>
T __shfl_xor_sync(unsigned, T value, int mask, int = 32, CUDA_EMULATOR_PLACE) {
  return cuda_emulator::shuffled(value, cuda_emulator::Shuffle::exclusive_or,
                                 cuda_emulator::lane() ^ static_cast<unsigned>(mask), place);
}

inline unsigned __float_as_uint(float x) { return cuda_emulator::bits<unsigned>(x); }
inline float __uint_as_float(unsigned x) { return cuda_emulator::bits<float>(x); }
inline int __float_as_int(float x) { return cuda_emulator::bits<int>(x); }
inline float __int_as_float(int x) { return cuda_emulator::bits<float>(x); }
inline long long __double_as_longlong(double x) { return cuda_emulator::bits<long long>(x); }
inline double __longlong_as_double(long long x) { return cuda_emulator::bits<double>(x); }

inline int __popc(unsigned x) { return __builtin_popcount(x); }
inline int __clz(int x) { return x == 0 ? 32 : __builtin_clz(static_cast<unsigned>(x)); }
inline int __clzll(long long x) { return x == 0 ? 64 : __builtin_clzll(static_cast<unsigned long long>(x)); }
inline unsigned __umulhi(unsigned a, unsigned b) { return static_cast<unsigned>(1ull * a * b >> 32); }
inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) {
  return static_cast<unsigned long long>(static_cast<unsigned __int128>(a) * b >> 64);
}
inline long long __mul64hi(long long a, long long b) {
  return static_cast<long long>(static_cast<__int128>(a) * b >> 64);
}

// The compiler contracts nothing, so all are rounded.
inline float __fadd_rn(float a, float b) { return a + b; }
inline float __fsub_rn(float a, float b) { return a - b; }
inline float __fmul_rn(float a, float b) { return a * b; }
inline float __fdiv_rn(float a, float b) { return a / b; }
inline float __fsqrt_rn(float a) { return sqrtf(a); }
inline float __fmaf_rn(float a, float b, float c) { return fmaf(a, b, c); }
inline double __dadd_rn(double a, double b) { return a + b; }
inline double __dsub_rn(double a, double b) { return a - b; }
inline double __dmul_rn(double a, double b) { return a * b; }
inline double __ddiv_rn(double a, double b) { return a / b; }
inline double __dsqrt_rn(double a) { return sqrt(a); }
inline double __fma_rn(double a, double b, double c) { return fma(a, b, c); }

inline float rsqrtf(float x) { return static_cast<float>(1 / sqrt(static_cast<double>(x))); }
inline double rsqrt(double x) { return 1 / sqrt(x); }
inline float rsqrt(float x) { return rsqrtf(x); }
template <class T>
T __ldg(const T* from) {
  return *from;
}

#define CUDA_EMULATOR_MIN_MAX(T, less)                  \
  inline T min(T a, T b) { return less(a, b) ? a : b; } \
  inline T max(T a, T b) { return less(a, b) ? b : a; }
#define CUDA_EMULATOR_LESS(a, b) ((a) < (b))
CUDA_EMULATOR_MIN_MAX(int, CUDA_EMULATOR_LESS)
CUDA_EMULATOR_MIN_MAX(unsigned, CUDA_EMULATOR_LESS)
CUDA_EMULATOR_MIN_MAX(long, CUDA_EMULATOR_LESS)
CUDA_EMULATOR_MIN_MAX(unsigned long, CUDA_EMULATOR_LESS)
CUDA_EMULATOR_MIN_MAX(long long, CUDA_EMULATOR_LESS)
CUDA_EMULATOR_MIN_MAX(unsigned long long, CUDA_EMULATOR_LESS)
inline float min(float a, float b) { return fminf(a, b); }
inline float max(float a, float b) { return fmaxf(a, b); }
inline double min(double a, double b) { return fmin(a, b); }
inline double max(double a, double b) { return fmax(a, b); }

namespace cuda_emulator {

template <class T, class Change>
T atomically(T* at, Change change) {
  T before;
  __atomic_load(at, &before, __ATOMIC_SEQ_CST);
  for (T after = change(before);
       !__atomic_compare_exchange(at, &before, &after, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);) {
    after = change(before);
  }
  return before;
}

}  // namespace cuda_emulator

#define CUDA_EMULATOR_ATOMICS(T)                                                                  \
  inline T atomicAdd(T* at, T value) {                                                            \
    return cuda_emulator::atomically(at, [value](T old) { return static_cast<T>(old + value); }); \
  }                                                                                               \
  inline T atomicMin(T* at, T value) {                                                            \
    return cuda_emulator::atomically(at, [value](T old) { return value < old ? value : old; });   \
  }                                                                                               \
  inline T atomicMax(T* at, T value) {                                                            \
    return cuda_emulator::atomically(at, [value](T old) { return old < value ? value : old; });   \
  }                                                                                               \
  inline T atomicExch(T* at, T value) {                                                           \
    return cuda_emulator::atomically(at, [value](T) { return value; });                           \
  }                                                                                               \
  inline T atomicCAS(T* at, T expected, T value) {                                                \
    return cuda_emulator::atomically(at, [=](T old) { return old == expected ? value : old; });   \
  }
CUDA_EMULATOR_ATOMICS(int)
CUDA_EMULATOR_ATOMICS(unsigned)
CUDA_EMULATOR_ATOMICS(unsigned long long)
inline float atomicAdd(float* at, float value) {
  return cuda_emulator::atomically(at, [value](float old) { return old + value; });
}

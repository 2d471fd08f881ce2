// What the emulator and a library of compiled kernels know of each other. Kernels include it too, so it is C++14.
#pragma once

#include <cstddef>
#include <cstdint>

namespace metal_emulator {

constexpr unsigned simd_width = 32;

struct Extent {
  std::uint32_t x, y, z;
};

/// Where a kernel's argument comes from. The order is that of `attribute_names` in msl/kernels.cpp.
enum class Binding : std::uint32_t {
  buffer,
  threadgroup,
  thread_position_in_grid,
  thread_position_in_threadgroup,
  threadgroup_position_in_grid,
  threads_per_threadgroup,
  threads_per_grid,
  threadgroups_per_grid,
  dispatch_threads_per_threadgroup,
  thread_index_in_threadgroup,
  thread_index_in_simdgroup,
  simdgroup_index_in_threadgroup,
  threads_per_simdgroup,
  simdgroups_per_threadgroup,
  thread_execution_width
};

struct Argument {
  Binding binding;
  std::uint32_t index;  ///< of a buffer or threadgroup memory
  const char* name;
};
/// Of what a pointer or reference refers to.
struct ArgumentType {
  std::uint32_t size, alignment;
  bool is_written;
};

/// What one thread of a grid gets.
struct ThreadInputs {
  Extent position_in_grid, position_in_threadgroup, threadgroup_position;
  Extent threadgroup_size, grid_threads, grid_threadgroups, dispatched_size;
  std::uint32_t index_in_threadgroup, lane, simdgroup, simdgroups;
  void* const* buffers;             ///< by index
  void* const* threadgroup_memory;  ///< by index
};

/// What the lanes of a simdgroup gave to an exchange.
struct Exchange {
  alignas(16) unsigned char values[simd_width][16];
  std::uint32_t active;  ///< a bit for each lane that took part
};

enum class AccessKind : std::uint32_t { read, write, atomic };

/// Of a call, in the source.
struct Place {
  const char* file;
  int line;
};

/// What kernels call. `place` is where the source does.
struct Services {
  const Exchange* (*exchange)(const void* value, unsigned bytes, unsigned operation, Place place);
  unsigned (*lane)();
  void (*threadgroup_barrier)(unsigned memory_flags, Place place);
  void (*simdgroup_barrier)(unsigned memory_flags, Place place);
  void* (*threadgroup_variable)(unsigned number, std::size_t bytes, std::size_t alignment);
  void (*fail)(const char* message, Place place);
  /// Of checked kernels: before each access; `code` lies behind the instruction that makes it.
  void (*access)(const void* address, std::size_t bytes, AccessKind kind, const void* code);
  void (*undefined)(const char* what, Place place);
};

struct Kernel {
  const char* name;
  void (*entry)(const ThreadInputs*);
  const Argument* arguments;
  std::uint32_t argument_count;
  const ArgumentType* types;
  std::uint32_t max_threads;  ///< [[max_total_threads_per_threadgroup(n)]], or 0
};

/// What metal_emulator_library() of a compiled library returns.
struct KernelTable {
  const Kernel* kernels;
  std::uint32_t count;
  const Services** services;
};

/// Memory flags of barriers, as in MSL.
constexpr unsigned flag_device = 1;
constexpr unsigned flag_threadgroup = 2;

}  // namespace metal_emulator

// The language that kernels of arrays are written in: what the Metal Shading Language and CUDA's C++ have in common,
// and names for what they do not.
#pragma once

#include <cstdint>
#include <string_view>

namespace anneal::array::gpu {

enum class Dialect : std::uint8_t { msl, cuda };

/// What stands before every kernel. It defines, for both dialects:
///
///   u8 i8 u16 i32 u32 i64 u64 f32      types; f64 with CUDA alone, where HAS_F64 is defined
///   f16 bf16                           storage types of 2 bytes; f32_of(x), f16_of(f32), bf16_of(f32), rounding to
///                                      nearest even, convert; f32_bits(f32) and f32_from_bits(u32)
///   exp2_about(x) reciprocal_about(x)  with CUDA alone, where HAS_APPROXIMATIONS is defined: off by a few units of
///                                      2^-24, and what is subnormal is 0
///   KERNEL(name) PARAMETERS END        `KERNEL(twice) IN(f32, from, 0), OUT(f32, to, 1), VALUE(u32, count, 2) END { }`
///   IN(T, name, k) OUT(T, name, k)     parameter k: const or mutable memory of the device
///   VALUE(T, name, k)                  parameter k: a value
///   GLOBAL                             of pointers in other functions: `const GLOBAL f32* from`
///   SHARED                             of variables of a group in a kernel, one a statement: `SHARED f32 tile[256];`
///   SHARED_POINTER                     of pointers to those, in other functions
///   FUNCTION                           before functions that kernels call
///   GROUP_X GROUP_Y GROUP_Z THREAD     the group's place in the grid; the thread's in the group, which has one axis
///   GROUPS_X, GROUP_THREADS            how many groups and threads there are
///   UNROLL                             before `for`: of a loop that becomes as many statements as it has rounds
///   BARRIER()                          all threads of the group, and their shared and device memory
///   LANE, LANE_SHUFFLE_DOWN(x, n)      the thread's place among 32 neighbours that run together; f32, i32 and u32
std::string_view prelude(Dialect dialect);

}  // namespace anneal::array::gpu

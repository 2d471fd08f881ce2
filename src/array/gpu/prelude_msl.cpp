#include "array/gpu/prelude.h"

namespace anneal::array::gpu {

const std::string_view msl_prelude = R"msl(#include <metal_stdlib>
using namespace metal;
typedef uchar u8;
typedef char i8;
typedef ushort u16;
typedef int i32;
typedef uint u32;
typedef long i64;
typedef ulong u64;
typedef float f32;
typedef half f16;
enum class bf16 : ushort {};

#define KERNEL(name) kernel void name(
#define IN(T, name, k) device const T* name [[buffer(k)]]
#define OUT(T, name, k) device T* name [[buffer(k)]]
#define VALUE(T, name, k) constant T& name [[buffer(k)]]
#define END                                                                                       \
  , uint3 anneal_group [[threadgroup_position_in_grid]], uint3 anneal_groups [[threadgroups_per_grid]], \
      uint anneal_thread [[thread_index_in_threadgroup]], uint3 anneal_threads [[threads_per_threadgroup]], \
      uint anneal_lane [[thread_index_in_simdgroup]])
#define GROUP_X anneal_group.x
#define GROUP_Y anneal_group.y
#define GROUP_Z anneal_group.z
#define GROUPS_X anneal_groups.x
#define THREAD anneal_thread
#define GROUP_THREADS anneal_threads.x
#define LANE anneal_lane
#define LANE_SHUFFLE_DOWN(x, n) simd_shuffle_down(x, ushort(n))
#define GLOBAL device
#define SHARED threadgroup
#define SHARED_POINTER threadgroup
#define FUNCTION static inline
#define UNROLL _Pragma("clang loop unroll(full)")
#define BARRIER() threadgroup_barrier(mem_flags::mem_threadgroup | mem_flags::mem_device)

FUNCTION u32 f32_bits(f32 x) { return as_type<uint>(x); }
FUNCTION f32 f32_from_bits(u32 x) { return as_type<float>(x); }
FUNCTION f32 f32_of(f16 x) { return f32(x); }
FUNCTION f16 f16_of(f32 x) { return f16(x); }
)msl";

}  // namespace anneal::array::gpu

#include "array/gpu/prelude.h"

namespace anneal::array::gpu {

const std::string_view cuda_prelude = R"cuda(typedef unsigned char u8;
typedef signed char i8;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef long long i64;
typedef unsigned long long u64;
typedef float f32;
typedef double f64;
enum class f16 : unsigned short {};
enum class bf16 : unsigned short {};

#define HAS_F64 1
#define KERNEL(name) extern "C" __global__ void name(
#define IN(T, name, k) const T* __restrict__ name
#define OUT(T, name, k) T* __restrict__ name
#define VALUE(T, name, k) const T name
#define END )
#define GROUP_X blockIdx.x
#define GROUP_Y blockIdx.y
#define GROUP_Z blockIdx.z
#define GROUPS_X gridDim.x
#define THREAD threadIdx.x
#define GROUP_THREADS blockDim.x
#define LANE (threadIdx.x % 32u)
#define LANE_SHUFFLE_DOWN(x, n) __shfl_down_sync(0xffffffffu, x, n)
#define GLOBAL
#define SHARED __shared__
#define SHARED_POINTER
#define FUNCTION static __device__ inline
#define UNROLL _Pragma("unroll")
#define BARRIER() __syncthreads()

FUNCTION u32 f32_bits(f32 x) { return __float_as_uint(x); }
FUNCTION f32 f32_from_bits(u32 x) { return __uint_as_float(x); }
FUNCTION f32 f32_of(f16 x) {
  f32 result;
  asm("cvt.f32.f16 %0, %1;" : "=f"(result) : "h"(u16(x)));
  return result;
}
FUNCTION f16 f16_of(f32 x) {
  u16 result;
  asm("cvt.rn.f16.f32 %0, %1;" : "=h"(result) : "f"(x));
  return f16(result);
}
#define HAS_APPROXIMATIONS 1
FUNCTION f32 exp2_about(f32 x) {
  f32 result;
  asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}
FUNCTION f32 reciprocal_about(f32 x) {
  f32 result;
  asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(result) : "f"(x));
  return result;
}
)cuda";

}  // namespace anneal::array::gpu

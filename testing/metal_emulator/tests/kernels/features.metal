#include <metal_stdlib>
#include <metal_simdgroup>
using namespace metal;

constant int bias [[function_constant(0)]];
constant bool doubles [[function_constant(1)]];
constant float scale [[function_constant(2)]];
constant constexpr float default_scale = 0.5f;

template <typename T, int factor>
kernel void multiply_add(device const T* in [[buffer(0)]], device T* out [[buffer(1)]],
                         constant uint& count [[buffer(2)]], uint i [[thread_position_in_grid]]) {
  if (i < count) out[i] = in[i] * T(factor) + T(bias);
}
template [[host_name("multiply_add_float_3")]] kernel void multiply_add<float, 3>(device const float*, device float*,
                                                                                   constant uint&, uint);
#define instantiate(name, T, factor) \
  template [[host_name(name)]] [[kernel]] decltype(multiply_add<T, factor>) multiply_add<T, factor>;
instantiate("multiply_add_half_2", half, 2)
instantiate("multiply_add_int_7", int, 7)

inline int twice(thread int& x) {
  x *= 2;
  return x;
}

kernel void scaled(device const uchar4* in [[buffer(0)]], device float4* out [[buffer(1)]],
                   uint i [[thread_position_in_grid]]) {
  const uchar4 c = in[i];
  const float factor = is_function_constant_defined(scale) ? scale : default_scale;
  int x = int(c.x);
  if (doubles) twice(x);
  out[i] = float4(float(x), float(c.y), as_type<float>(0x3f800000), float(half(c.w) / 3.0h)) * factor;
}

kernel void group_sum(device const int* in [[buffer(0)]], device atomic_int* sum [[buffer(1)]],
                      threadgroup int* values [[threadgroup(0)]], ushort i [[thread_index_in_threadgroup]],
                      uint at [[thread_position_in_grid]], ushort count [[threads_per_threadgroup]]) {
  values[i] = in[at];
  threadgroup_barrier(mem_flags::mem_threadgroup);
  if (i != 0) return;
  int total = 0;
  for (ushort k = 0; k < count; ++k) total += values[k];
  atomic_fetch_add_explicit(sum, total, memory_order_relaxed);
}

kernel void positions(device uint* out [[buffer(0)]], uint3 at [[thread_position_in_grid]],
                      uint3 in_group [[thread_position_in_threadgroup]], uint3 group [[threadgroup_position_in_grid]],
                      uint3 size [[threads_per_threadgroup]], uint3 grid [[threads_per_grid]],
                      uint index [[thread_index_in_threadgroup]], uint lane [[thread_index_in_simdgroup]],
                      uint simdgroup [[simdgroup_index_in_threadgroup]], uint width [[threads_per_simdgroup]]) {
  const uint place = (at.z * grid.y + at.y) * grid.x + at.x;
  const bool fits = index == (in_group.z * size.y + in_group.y) * size.x + in_group.x && simdgroup == index / width &&
                    lane == index % width;
  out[place] = fits ? group.x + 10 * group.y + 100 * group.z : 0xffffffffu;
}

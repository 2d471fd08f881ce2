// C = A * B by tiles in threadgroup memory, for tests of the emulator.
#include <metal_stdlib>
using namespace metal;

constant uint tile = 16;

kernel void matrix_product(device const float* a [[buffer(0)]], device const float* b [[buffer(1)]],
                           device float* c [[buffer(2)]], constant uint3& sizes [[buffer(3)]],  // m, n, k
                           uint2 at [[thread_position_in_grid]], uint2 in_tile [[thread_position_in_threadgroup]]) {
  threadgroup float left[16][16];
  threadgroup float right[16][16];
  float sum = 0.0f;
  for (uint k0 = 0; k0 < sizes.z; k0 += tile) {
    const bool has_left = at.y < sizes.x && k0 + in_tile.x < sizes.z;
    const bool has_right = at.x < sizes.y && k0 + in_tile.y < sizes.z;
    left[in_tile.y][in_tile.x] = has_left ? a[at.y * sizes.z + k0 + in_tile.x] : 0.0f;
    right[in_tile.y][in_tile.x] = has_right ? b[(k0 + in_tile.y) * sizes.y + at.x] : 0.0f;
    threadgroup_barrier(mem_flags::mem_threadgroup);  // filled
    for (uint k = 0; k < tile; k++) sum = fma(left[in_tile.y][k], right[k][in_tile.x], sum);
    threadgroup_barrier(mem_flags::mem_threadgroup);  // used
  }
  if (at.y < sizes.x && at.x < sizes.y) c[at.y * sizes.y + at.x] = sum;
}

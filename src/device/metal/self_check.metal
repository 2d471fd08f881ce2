// The kernels of self_check.h.
#include <metal_stdlib>

kernel void fill(constant uint& first_group [[buffer(0)]], device uint* data [[buffer(1)]],
                 constant uint& first [[buffer(2)]], constant uint& size [[buffer(3)]],
                 uint group [[threadgroup_position_in_grid]], uint thread_number [[thread_position_in_threadgroup]],
                 uint group_size [[threads_per_threadgroup]]) {
  const uint i = (first_group + group) * group_size + thread_number;
  if (i < size) data[i] = first + i;
}

kernel void transpose(device uint* to [[buffer(0)]], device const uint* from [[buffer(1)]],
                      constant uint& rows [[buffer(2)]], constant uint& columns [[buffer(3)]],
                      threadgroup uint* tile [[threadgroup(0)]], uint2 cell [[thread_position_in_grid]],
                      uint place [[thread_index_in_threadgroup]]) {
  const bool is_inside = cell.x < columns && cell.y < rows;
  if (is_inside) tile[place] = from[cell.y * columns + cell.x];
  threadgroup_barrier(metal::mem_flags::mem_threadgroup);
  if (is_inside) to[cell.x * rows + cell.y] = tile[place];
}

// Copies and fills byte by byte, with any number of threads.
#include <metal_stdlib>

kernel void copy_bytes(device uchar* to [[buffer(0)]], device const uchar* from [[buffer(1)]],
                       constant ulong& bytes [[buffer(2)]], uint thread_number [[thread_position_in_grid]],
                       uint threads [[threads_per_grid]]) {
  for (ulong i = thread_number; i < bytes; i += threads) to[i] = from[i];
}

kernel void fill_bytes(device uchar* to [[buffer(0)]], constant uchar& value [[buffer(1)]],
                       constant ulong& bytes [[buffer(2)]], uint thread_number [[thread_position_in_grid]],
                       uint threads [[threads_per_grid]]) {
  for (ulong i = thread_number; i < bytes; i += threads) to[i] = value;
}

// How the groups of the kernel that multiplies matrices add up a tile.
#pragma once

namespace anneal::array::gpu {

// Each defines, for the kernel's text:
//
//   DECLARE_SUMS      variables for the tile's sums, which are 0
//   ADD_UP_TILE       adds the product of a_tile and b_tile to them
//   WRITE_SUMS        calls WRITE_SUM(row, column, sum) for each element of the tile, those outside of the matrix, too

extern const char* const sums_of_threads;     ///< any type, in any dialect: each thread has some elements
extern const char* const sums_of_simdgroups;  ///< f32, where there are Metal's matrices: each simdgroup has some

}  // namespace anneal::array::gpu

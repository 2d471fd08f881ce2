#include "array/gpu/product_sums.h"

namespace anneal::array::gpu {

// Neighbours have neighbouring columns: they meet no bank twice, and write what is together.
const char* const sums_of_threads = R"code(
#define DECLARE_SUMS                                                                           \
  const u32 own_row = THREAD / 16;                                                             \
  const u32 own_column = THREAD % 16;                                                          \
  Computed sums[THREAD_ROWS][THREAD_COLUMNS];                                                  \
  UNROLL for (u32 i = 0; i < THREAD_ROWS; ++i) {                                               \
    UNROLL for (u32 j = 0; j < THREAD_COLUMNS; ++j) sums[i][j] = Computed(0);                  \
  }

#define ADD_UP_TILE                                                                            \
  for (u32 step = 0; step < TILE_INNER; ++step) {                                              \
    Computed left[THREAD_ROWS];                                                                \
    Computed right[THREAD_COLUMNS];                                                            \
    UNROLL for (u32 i = 0; i < THREAD_ROWS; ++i) left[i] = a_tile[step * A_PITCH + own_row + 16 * i];          \
    UNROLL for (u32 j = 0; j < THREAD_COLUMNS; ++j) right[j] = b_tile[step * B_PITCH + own_column + 16 * j];   \
    UNROLL for (u32 i = 0; i < THREAD_ROWS; ++i) {                                             \
      UNROLL for (u32 j = 0; j < THREAD_COLUMNS; ++j) ADD_PRODUCT(sums[i][j], left[i], right[j]); \
    }                                                                                          \
  }

#define WRITE_SUMS                                                                             \
  UNROLL for (u32 i = 0; i < THREAD_ROWS; ++i) {                                               \
    UNROLL for (u32 j = 0; j < THREAD_COLUMNS; ++j) WRITE_SUM(own_row + 16 * i, own_column + 16 * j, sums[i][j]) \
  }
)code";

// The eight simdgroups have four by two parts of the tile, of matrices of 8 x 8. As nobody knows which lane has which
// element, sums go by way of the group's memory.
const char* const sums_of_simdgroups = R"code(
#define PART_ROWS (TILE_ROWS / 32)
#define PART_COLUMNS (TILE_COLUMNS / 16)

#define DECLARE_SUMS                                                                           \
  SHARED f32 staged[8 * 64];                                                                   \
  const u32 own_row = THREAD / 64 * (8 * PART_ROWS);                                           \
  const u32 own_column = THREAD / 32 % 2 * (8 * PART_COLUMNS);                                 \
  simdgroup_float8x8 sums[PART_ROWS][PART_COLUMNS];                                            \
  UNROLL for (u32 i = 0; i < PART_ROWS; ++i) {                                                 \
    UNROLL for (u32 j = 0; j < PART_COLUMNS; ++j) sums[i][j] = make_filled_simdgroup_matrix<float, 8>(0.0f); \
  }

#define ADD_UP_TILE                                                                            \
  UNROLL for (u32 step = 0; step < TILE_INNER; step += 8) {                                    \
    simdgroup_float8x8 left[PART_ROWS];                                                        \
    simdgroup_float8x8 right[PART_COLUMNS];                                                    \
    UNROLL for (u32 i = 0; i < PART_ROWS; ++i) {                                               \
      simdgroup_load(left[i], a_tile + step * A_PITCH + own_row + 8 * i, A_PITCH, 0, true);    \
    }                                                                                          \
    UNROLL for (u32 j = 0; j < PART_COLUMNS; ++j) {                                            \
      simdgroup_load(right[j], b_tile + step * B_PITCH + own_column + 8 * j, B_PITCH);         \
    }                                                                                          \
    UNROLL for (u32 i = 0; i < PART_ROWS; ++i) {                                               \
      UNROLL for (u32 j = 0; j < PART_COLUMNS; ++j) {                                          \
        simdgroup_multiply_accumulate(sums[i][j], left[i], right[j], sums[i][j]);              \
      }                                                                                        \
    }                                                                                          \
  }

#define WRITE_SUMS                                                                             \
  const u32 stage = THREAD / 32 * 64;                                                          \
  UNROLL for (u32 i = 0; i < PART_ROWS; ++i) {                                                 \
    UNROLL for (u32 j = 0; j < PART_COLUMNS; ++j) {                                            \
      simdgroup_store(sums[i][j], staged + stage, 8);                                          \
      simdgroup_barrier(mem_flags::mem_threadgroup);                                           \
      UNROLL for (u32 k = LANE; k < 64; k += 32) {                                             \
        WRITE_SUM(own_row + 8 * i + k / 8, own_column + 8 * j + k % 8, staged[stage + k])      \
      }                                                                                        \
      simdgroup_barrier(mem_flags::mem_threadgroup);                                           \
    }                                                                                          \
  }
)code";

}  // namespace anneal::array::gpu

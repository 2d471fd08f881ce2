// Which kernels there are to find ends, and for which pairs: data, for the host and for the kernels' sources.
//
// A table is a macro that calls SHAPE(form, rows, lanes, one_strip) for each kernel: form as in align/gpu/end_shape.h,
// rows of the query in a lane's registers, lanes per Word, and whether queries have to fit into one strip. It begins
// with what costs least: the first that can hold a pair's query and scores is taken. Which are best, no Apple GPU has
// been asked yet; more than 16 rows would leave few threads beside each other.
#pragma once

#define ANNEAL_LOCAL_LETTER_ENDS(SHAPE) \
  SHAPE(medium, 10, 8, true)            \
  SHAPE(medium, 16, 16, true)           \
  SHAPE(tall, 16, 32, false)            \
  SHAPE(wide, 16, 32, false)

#define ANNEAL_LOCAL_MATRIX_ENDS(SHAPE) \
  SHAPE(medium, 12, 16, true)           \
  SHAPE(tall, 12, 32, false)            \
  SHAPE(wide, 12, 32, false)

#define ANNEAL_GLOBAL_LETTER_ENDS(SHAPE) \
  SHAPE(global_pair, 10, 8, true)        \
  SHAPE(global_pair, 16, 32, false)      \
  SHAPE(global_wide, 16, 32, false)

#define ANNEAL_GLOBAL_MATRIX_ENDS(SHAPE) \
  SHAPE(global_pair, 12, 16, true)       \
  SHAPE(global_pair, 12, 32, false)      \
  SHAPE(global_wide, 12, 32, false)

/// Threads of a group, unless a kernel's registers allow fewer.
#define ANNEAL_METAL_THREADS 256
/// Letters of ByteMatrixScores' table.
#define ANNEAL_METAL_LETTERS 32

// Which kernels there are to find ends, and for which pairs: data, for the host and for the kernels' sources.
//
// A table is a macro that calls SHAPE(form, rows, lanes, one_strip, longest) for each kernel: form as in
// align/gpu/end_forms.h, rows of the query in a lane's registers, lanes per Word, whether queries have to fit into one
// strip, and the longest query that it is meant for. It begins with what costs least: the first that can hold a pair's
// query and scores is taken. Which are best, no Apple GPU has been asked yet; more than 16 rows would leave few threads
// beside each other. Short pairs have a thread for two, which neither waits for lanes nor has any without a letter; its
// strips' borders go through memory, so longer pairs have the lanes of a simdgroup, or some of them.
#pragma once

#define ANNEAL_ANY_LENGTH 0x7fffffff

#define ANNEAL_LOCAL_LETTER_ENDS(SHAPE)          \
  SHAPE(medium, 16, 1, false, 48)                \
  SHAPE(medium, 10, 8, true, ANNEAL_ANY_LENGTH)  \
  SHAPE(medium, 16, 16, true, ANNEAL_ANY_LENGTH) \
  SHAPE(tall, 16, 32, false, ANNEAL_ANY_LENGTH)  \
  SHAPE(wide, 16, 32, false, ANNEAL_ANY_LENGTH)

#define ANNEAL_LOCAL_MATRIX_ENDS(SHAPE)          \
  SHAPE(medium, 12, 1, false, 48)                \
  SHAPE(medium, 12, 16, true, ANNEAL_ANY_LENGTH) \
  SHAPE(tall, 12, 32, false, ANNEAL_ANY_LENGTH)  \
  SHAPE(wide, 12, 32, false, ANNEAL_ANY_LENGTH)

#define ANNEAL_GLOBAL_LETTER_ENDS(SHAPE)               \
  SHAPE(global_pair, 16, 1, false, 48)                 \
  SHAPE(global_pair, 10, 8, true, ANNEAL_ANY_LENGTH)   \
  SHAPE(global_pair, 16, 32, false, ANNEAL_ANY_LENGTH) \
  SHAPE(global_wide, 16, 32, false, ANNEAL_ANY_LENGTH)

#define ANNEAL_GLOBAL_MATRIX_ENDS(SHAPE)               \
  SHAPE(global_pair, 12, 1, false, 48)                 \
  SHAPE(global_pair, 12, 16, true, ANNEAL_ANY_LENGTH)  \
  SHAPE(global_pair, 12, 32, false, ANNEAL_ANY_LENGTH) \
  SHAPE(global_wide, 12, 32, false, ANNEAL_ANY_LENGTH)

/// The longest target for a thread that has a job alone: its borders are as long, and those of a whole threadgroup are
/// kept.
#define ANNEAL_LONGEST_TARGET(lanes) ((lanes) == 1 ? 1024 : ANNEAL_ANY_LENGTH)

/// Places between a job's borders: threads that have a job each lie side by side.
#define ANNEAL_BORDER_STRIDE(lanes) ((lanes) == 1 ? 32 : 1)

/// Threads of a group, unless a kernel's registers allow fewer.
#define ANNEAL_METAL_THREADS 256
/// Letters of ByteMatrixScores' table.
#define ANNEAL_METAL_LETTERS 32

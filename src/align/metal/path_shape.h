// Which kernels there are to find paths, and for which pairs: data, for the host and for the kernels' sources.
//
// A table is a macro that calls SHAPE(parts, banded, rows, lanes) for each kernel: alignments in a Word, whether it
// honours a band, and rows of a strip as in end_shape.h. The first that can hold a pair's scores is taken, or from the
// second on the first one for queries of more than ANNEAL_METAL_SHORT letters. The last one takes any pair.
#pragma once

#define ANNEAL_LETTER_PATHS(SHAPE) \
  SHAPE(2, false, 8, 8)            \
  SHAPE(2, false, 8, 32)           \
  SHAPE(1, false, 8, 32)

#define ANNEAL_MATRIX_PATHS(SHAPE) \
  SHAPE(2, false, 8, 8)            \
  SHAPE(2, false, 8, 32)           \
  SHAPE(1, false, 8, 32)

#define ANNEAL_BANDED_PATHS(SHAPE) SHAPE(1, true, 8, 32)

#define ANNEAL_METAL_SHORT 1000

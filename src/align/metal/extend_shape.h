// Which kernels there are for Mode::extend, and for which pairs: data, for the host and for the kernels' sources.
//
// A table is a macro that calls SHAPE(letters, cells) for each kernel, which has a simdgroup for a pair: letters as
// ExtendLetters, and diagonals that a lane holds in registers. Behind it comes ANNEAL_EXTEND_ROWS, which takes any
// pair.
#pragma once

#define ANNEAL_EXTEND_FEW(SHAPE) \
  SHAPE(few, 4)                  \
  SHAPE(few, 8)                  \
  SHAPE(few, 16)

#define ANNEAL_EXTEND_ANY(SHAPE) \
  SHAPE(any, 4)                  \
  SHAPE(any, 12)

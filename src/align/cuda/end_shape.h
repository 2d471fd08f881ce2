// Which kernels there are to find ends, and for which pairs: data, checked when it is compiled.
#pragma once

#include "align/cuda/shared.h"
#include "align/gpu/end_shape.h"

namespace anneal::align::cuda {

// Ordered by how much a pair costs: the first that can hold a pair's query and scores is taken. A comment gives the
// speed on an H200, in billions of cells a second, of those that were the fastest of all that were tried there; the
// others have not been measured.

inline constexpr EndShape local_letter_shapes[] = {
    {dusty, 19, 4, true, 2, 4, 128, 5},
    {dusty, 25, 4, true, 2, 4, 128, 4},
    {dusty, 38, 4, true, 4, 4, 128, 3},   // 5,565
    {medium, 38, 4, true, 2, 4, 128, 3},  // 5,212
    {tall, 32, 8, true, 2, 1, 128, 3},    // 5,065, and medium 4,934
    {medium, 32, 16, true, 2, 4, 128, 3, checkpoint_rows / 32},
    {medium, 32, 32, true, 2, 4, 128, 3, checkpoint_rows / 32},
    {tall, 32, 32, false, 4, 1, 32, 9, checkpoint_rows / 32},
    {medium, 32, 16, true, 2, 4, 128, 3},
    {medium, 33, 32, true, 2, 4, 128, 3},  // 5,005
    {tall, 32, 32, false, 4, 1, 32, 9},    // 4,654; 35 rows, 8 blocks: 5,020, but fewer where all run at once
    {wide, 32, 32, false, 1, 1, 128, 3},
};

/// What finishes the pairs that forms with dust leave undecided: few, so that each has many lanes.
inline constexpr EndShape undecided_shapes[] = {{medium, 10, 16, true, 1, 4, 64, 8}};

inline constexpr EndShape local_matrix_shapes[] = {
    {medium, 19, 8, true, 1, 4, 128, 4},  // 3,166 with a table of 5 letters
    {medium, 16, 32, true, 1, 4, 128, 4},
    {tall, 16, 32, false, 1, 1, 128, 3},
    {wide, 16, 32, false, 1, 1, 128, 4},
};

inline constexpr EndShape global_letter_shapes[] = {
    {global_pair, 38, 4, true, 1, 1, 128, 3},
    {global_pair, 32, 8, true, 1, 1, 128, 3},
    {global_pair, 38, 32, false, 1, 1, 64, 4},
    {global_wide, 32, 32, false, 1, 1, 64, 4},
};

inline constexpr EndShape global_matrix_shapes[] = {
    {global_pair, 16, 8, true, 1, 1, 128, 4},
    {global_pair, 16, 32, false, 1, 1, 128, 3},
    {global_wide, 16, 32, false, 1, 1, 128, 4},
};

constexpr bool undecided_are_finished() {
  for (const EndShape& shape : local_letter_shapes) {
    if (shape.form.has_dust() && (!shape.one_strip || !undecided_shapes[0].takes_query(shape.height()))) return false;
  }
  return is_sound(undecided_shapes[0]);
}

static_assert(undecided_are_finished());
static_assert(are_sound(local_letter_shapes));
static_assert(are_sound(local_matrix_shapes));
static_assert(are_sound(global_letter_shapes));
static_assert(are_sound(global_matrix_shapes));

}  // namespace anneal::align::cuda

// Which kernels there are to find paths, and for which pairs: data, checked when it is compiled.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/cuda/end_shape.h"

namespace anneal::align::cuda {

/// A kernel's template arguments. The program's are explained in recurrence/path_program.h.
struct PathShape {
  int parts;  ///< alignments in a Word
  bool banded;
  bool retraces;  ///< keeps the trace of few strips at a time
  int rows;       ///< of the query, in a lane's registers
  int lanes;      ///< per Word
  int threads;    ///< per block
  int blocks;     ///< per multiprocessor, at least: limits registers
  int most_rows;  ///< letters of queries up to which it is the fastest

  constexpr int height() const { return rows * lanes; }
  constexpr int groups_per_block() const { return threads / lanes; }
};

// Ordered by how much a pair costs: what one leaves out, the next may do. Low strips waste least where paths stay on
// few diagonals; many lanes need less memory at a time for the trace of long pairs, and keep a device busy with fewer.

inline constexpr int any_rows = 0x7fffffff;

inline constexpr PathShape letter_path_shapes[] = {
    {2, false, false, 8, 4, 128, 4, 600},       {2, false, false, 16, 8, 128, 3, 2000},
    {2, false, true, 16, 8, 128, 3, 2000},      {2, false, true, 16, 32, 128, 3, any_rows},
    {1, false, true, 16, 32, 128, 4, any_rows},
};
inline constexpr PathShape matrix_path_shapes[] = {
    {2, false, false, 8, 4, 128, 4, 600},       {2, false, false, 16, 8, 128, 3, 2000},
    {2, false, true, 16, 8, 128, 3, 2000},      {2, false, true, 16, 32, 128, 3, any_rows},
    {1, false, true, 16, 32, 128, 4, any_rows},
};
/// For pairs whose ends were found by a shape that keeps checkpoints.
inline constexpr PathShape checkpoint_path_shape = {2, false, true, 8, 16, 128, 4, any_rows};
inline constexpr PathShape banded_path_shapes[] = {{1, true, true, 8, 32, 128, 4, any_rows}};

constexpr bool is_sound(const PathShape& shape) {
  const bool lanes_fit = shape.lanes >= 2 && shape.lanes <= 32 && (shape.lanes & (shape.lanes - 1)) == 0;
  const bool block_fits = shape.threads % 32 == 0 && shape.threads * shape.blocks <= 2048;
  const bool rows_fit = shape.rows % (8 / shape.parts) == 0 && shape.height() * shape.parts % 16 == 0;
  return lanes_fit && block_fits && rows_fit && (!shape.banded || shape.parts == 1);
}

/// Whether every shape can run, and the last one holds the highest scores.
template <std::size_t count>
constexpr bool are_sound(const PathShape (&shapes)[count]) {
  for (const PathShape& shape : shapes) {
    if (!is_sound(shape)) return false;
  }
  return shapes[count - 1].parts == 1 && shapes[count - 1].most_rows == any_rows;
}

static_assert(are_sound(letter_path_shapes));
static_assert(are_sound(matrix_path_shapes));
static_assert(are_sound(banded_path_shapes));
static_assert(is_sound(checkpoint_path_shape) && checkpoint_path_shape.height() == checkpoint_rows);

}  // namespace anneal::align::cuda

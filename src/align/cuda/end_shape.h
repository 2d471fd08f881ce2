// Which kernels there are to find ends, and for which pairs: data, checked when it is compiled.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anneal::align::cuda {

/// How scores of letter pairs are looked up.
enum class ScoreKind : std::uint8_t {
  letters,  ///< match/mismatch, no N in the query: LetterScores, or PairedLetterScores where the form has dust
  matrix,   ///< any matrix: MatrixScores
};

/// The template arguments of a recurrence::Form.
struct EndForm {
  int parts;
  bool local;
  int unit;
  unsigned bias;
  bool keeps_row;

  constexpr bool has_dust() const { return unit > 1 && !keeps_row; }
};

/// Scores up to some 230, and low costs only. Leaves undecided where some pairs end.
inline constexpr EndForm dusty{2, true, 256, 16, false};
/// Scores up to some 980.
inline constexpr EndForm medium{2, true, 64, 32, true};
/// 16 bits, all for the score: a row that the letters do not tell takes a second pass over its strip.
inline constexpr EndForm tall{2, true, 1, 256, false};
inline constexpr EndForm wide{1, true, 64, 1u << 17, true};
inline constexpr EndForm global_pair{2, false, 1, 0x9000, false};
inline constexpr EndForm global_wide{1, false, 1, 0x80000000u, false};

/// A kernel's template arguments. The program's are explained in recurrence/end_program.h.
struct EndShape {
  EndForm form;
  int rows;        ///< of the query, in a lane's registers
  int lanes;       ///< per Word
  bool one_strip;  ///< no query longer than rows * lanes
  int columns;     ///< that a lane does at once
  int unrolled;
  int threads;               ///< per block
  int blocks;                ///< per multiprocessor, at least: limits registers
  int checkpoint_lanes = 0;  ///< rows are kept for paths: below every so many lanes

  constexpr int height() const { return rows * lanes; }
  constexpr bool keeps_checkpoints() const { return checkpoint_lanes > 0; }
  constexpr bool takes_query(int length) const { return !one_strip || length <= height(); }
};

// Ordered by how much a pair costs: the first that can hold a pair's query and scores is taken. A comment gives the
// speed on an H200, in billions of cells a second, of those that were the fastest of all that were tried there; the
// others have not been measured.

/// From one checkpoint to the next: what the kernel that finds paths from there takes.
inline constexpr int checkpoint_rows = 128;

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

constexpr bool is_sound(const EndShape& shape) {
  const bool lanes_fit = shape.lanes >= 1 && shape.lanes <= 32 && (shape.lanes & (shape.lanes - 1)) == 0;
  const bool block_fits = shape.threads % 32 == 0 && shape.threads * shape.blocks <= 2048;
  const bool rows_fit = !shape.form.keeps_row || shape.rows <= shape.form.unit;
  const bool columns_fit = shape.columns == 1 || (shape.form.local && 4 % shape.columns == 0);
  if (shape.keeps_checkpoints() && shape.rows * shape.checkpoint_lanes != checkpoint_rows) return false;
  return lanes_fit && block_fits && rows_fit && columns_fit;
}

/// Whether every shape can run, and every number of parts has one that takes any query: the last one.
template <std::size_t count>
constexpr bool are_sound(const EndShape (&shapes)[count]) {
  for (std::size_t k = 0; k < count; ++k) {
    const bool is_last = k + 1 == count || shapes[k + 1].form.parts != shapes[k].form.parts;
    if (!is_sound(shapes[k]) || (is_last && shapes[k].one_strip)) return false;
  }
  return true;
}

/// At least so many cells of long pairs' matrices there are for each byte of checkpoints.
inline constexpr std::uint64_t cells_per_checkpoint_byte = checkpoint_rows / 8 * 3 / 2;

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

// What tells kernels that find ends apart: data, checked when it is compiled. Each kind of GPU has a table of its own.
#pragma once

#include <cstddef>
#include <cstdint>

#include "align/gpu/end_forms.h"

namespace anneal::align::gpu {

/// How scores of letter pairs are looked up.
enum class ScoreKind : std::uint8_t {
  letters,  ///< match/mismatch, no N in the query: recurrence::LetterScores and the like
  matrix,   ///< any matrix: recurrence::MatrixScores and the like
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

#define ANNEAL_FORM(name, parts, local, unit, bias, keeps_row) \
  inline constexpr EndForm name{parts, local, unit, bias, keeps_row};
ANNEAL_END_FORMS(ANNEAL_FORM)
#undef ANNEAL_FORM

/// From one checkpoint to the next: what the kernel that finds paths from there takes.
inline constexpr int checkpoint_rows = 128;

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
  int longest = 0x7fffffff;  ///< query that it is meant for
  int longest_target = 0x7fffffff;

  constexpr int height() const { return rows * lanes; }
  constexpr bool keeps_checkpoints() const { return checkpoint_lanes > 0; }
  constexpr bool takes_query(int length) const { return length <= longest && (!one_strip || length <= height()); }
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
    if (!is_sound(shapes[k]) || (is_last && !shapes[k].takes_query(0x7fffffff))) return false;
  }
  return true;
}

}  // namespace anneal::align::gpu

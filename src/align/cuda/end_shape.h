// Which kernels there are to find ends, and for which pairs: data, checked when it is compiled.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anneal::align::cuda {

/// How scores of letter pairs are looked up.
enum class ScoreKind : std::uint8_t {
  letters,         ///< match/mismatch, no N in the query: LetterScores
  matrix_dna,      ///< any matrix of up to 5 letters: MatrixScores
  matrix_protein,  ///< ... of up to 25
  matrix_any,      ///< ... of up to 32
};

/// A kernel's template arguments. The program's are explained in recurrence/form.h and recurrence/end_program.h.
struct EndShape {
  int parts;  ///< alignments per Word
  bool local;
  int unit;
  unsigned bias;
  int rows;        ///< of the query, in a lane's registers
  int lanes;       ///< per Word
  bool one_strip;  ///< no query longer than rows * lanes
  int threads;     ///< per block
  int blocks;      ///< per multiprocessor, at least: limits registers

  constexpr int height() const { return rows * lanes; }
  constexpr bool takes_query(int length) const { return !one_strip || length <= height(); }
};

// Ordered by how much a pair costs: the first that can hold a pair's query and scores is taken. Local 16-bit forms with
// a row hold scores up to 988; the ones without a row need a second pass over a strip, so long queries use them only.
inline constexpr int row_unit = 64;
inline constexpr unsigned row_bias = 32;
inline constexpr unsigned long_bias = 256;
inline constexpr unsigned wide_bias = 1u << 17;
inline constexpr unsigned global_bias = 0x9000;
inline constexpr unsigned wide_global_bias = 0x80000000u;

inline constexpr EndShape local_letter_shapes[] = {
    {2, true, row_unit, row_bias, 19, 4, true, 128, 4},  {2, true, row_unit, row_bias, 25, 4, true, 128, 4},
    {2, true, row_unit, row_bias, 32, 4, true, 128, 3},  {2, true, row_unit, row_bias, 38, 4, true, 128, 3},
    {2, true, row_unit, row_bias, 25, 8, true, 128, 4},  {2, true, row_unit, row_bias, 32, 8, true, 128, 3},
    {2, true, row_unit, row_bias, 38, 8, true, 128, 3},  {2, true, row_unit, row_bias, 25, 16, true, 128, 4},
    {2, true, row_unit, row_bias, 32, 16, true, 128, 3}, {2, true, row_unit, row_bias, 38, 16, true, 128, 3},
    {2, true, row_unit, row_bias, 25, 32, true, 128, 4}, {2, true, row_unit, row_bias, 32, 32, true, 128, 3},
    {2, true, row_unit, row_bias, 38, 32, true, 128, 3}, {2, true, 1, long_bias, 32, 32, false, 128, 3},
    {1, true, row_unit, wide_bias, 32, 8, true, 128, 3}, {1, true, row_unit, wide_bias, 32, 32, false, 128, 3},
};

inline constexpr EndShape local_matrix_shapes[] = {
    {2, true, row_unit, row_bias, 16, 4, true, 128, 4},    {2, true, row_unit, row_bias, 16, 8, true, 128, 4},
    {2, true, row_unit, row_bias, 16, 16, true, 128, 4},   {2, true, row_unit, row_bias, 16, 32, true, 128, 4},
    {2, true, 1, long_bias, 16, 32, false, 128, 4},        {1, true, row_unit, wide_bias, 16, 8, true, 128, 4},
    {1, true, row_unit, wide_bias, 16, 32, false, 128, 4},
};

inline constexpr EndShape global_letter_shapes[] = {
    {2, false, 1, global_bias, 25, 4, true, 128, 4},        {2, false, 1, global_bias, 38, 4, true, 128, 3},
    {2, false, 1, global_bias, 32, 8, true, 128, 3},        {2, false, 1, global_bias, 38, 16, true, 128, 3},
    {2, false, 1, global_bias, 32, 32, false, 128, 3},      {1, false, 1, wide_global_bias, 32, 8, true, 128, 3},
    {1, false, 1, wide_global_bias, 32, 32, false, 128, 3},
};

inline constexpr EndShape global_matrix_shapes[] = {
    {2, false, 1, global_bias, 16, 8, true, 128, 4},
    {2, false, 1, global_bias, 16, 32, false, 128, 4},
    {1, false, 1, wide_global_bias, 16, 32, false, 128, 4},
};

/// Whether every shape can run, and some shape takes any query: the last one of each number of parts.
template <std::size_t count>
constexpr bool are_sound(const EndShape (&shapes)[count]) {
  for (std::size_t k = 0; k < count; ++k) {
    const EndShape& shape = shapes[k];
    const bool lanes_fit = shape.lanes >= 1 && shape.lanes <= 32 && (shape.lanes & (shape.lanes - 1)) == 0;
    const bool block_fits = shape.threads % 32 == 0 && shape.threads * shape.blocks <= 2048;
    const bool rows_fit = shape.unit == 1 || shape.rows <= shape.unit;
    const bool is_last = k + 1 == count || shapes[k + 1].parts != shape.parts;
    if (!lanes_fit || !block_fits || !rows_fit || (is_last && shape.one_strip)) return false;
    if (!is_last && shape.unit == shapes[k + 1].unit && shape.height() >= shapes[k + 1].height() &&
        shapes[k + 1].one_strip) {
      return false;
    }
  }
  return true;
}

static_assert(are_sound(local_letter_shapes));
static_assert(are_sound(local_matrix_shapes));
static_assert(are_sound(global_letter_shapes));
static_assert(are_sound(global_matrix_shapes));

}  // namespace anneal::align::cuda

// Which kernels there are for Mode::extend, and for which pairs: data, checked when it is compiled.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anneal::align::cuda {

/// Which matrices a kernel takes.
enum class ExtendLetters : std::uint8_t {
  few,  ///< up to 8 letters: FewLetterScores
  any,  ///< AnyLetterScores
};

/// A kernel's template arguments. The program's are explained in recurrence/extend_program.h.
struct ExtendShape {
  ExtendLetters letters;
  int lanes;    ///< of a pair
  int cells;    ///< of a lane: diagonals, in registers; 0: in memory, ExtendRowsProgram
  int threads;  ///< per block
  int blocks;   ///< per multiprocessor, at least: limits registers

  constexpr bool in_memory() const { return cells == 0; }
  constexpr int width() const { return lanes * cells; }
};

// Ordered by how much a row costs: the first that takes a pair is its kernel.

inline constexpr ExtendShape extend_few_shapes[] = {
    {ExtendLetters::few, 32, 2, 64, 16},  {ExtendLetters::few, 32, 4, 64, 16}, {ExtendLetters::few, 32, 7, 64, 14},
    {ExtendLetters::few, 32, 12, 64, 10}, {ExtendLetters::few, 32, 16, 64, 8}, {ExtendLetters::few, 32, 32, 64, 6},
    {ExtendLetters::any, 32, 0, 64, 12},
};

inline constexpr ExtendShape extend_any_shapes[] = {
    {ExtendLetters::any, 32, 4, 64, 16}, {ExtendLetters::any, 32, 7, 64, 14}, {ExtendLetters::any, 32, 16, 64, 8},
    {ExtendLetters::any, 32, 32, 64, 5}, {ExtendLetters::any, 32, 0, 64, 12},
};

constexpr bool is_sound(const ExtendShape& shape) {
  const bool lanes_fit = shape.lanes >= 1 && shape.lanes <= 32 && (shape.lanes & (shape.lanes - 1)) == 0;
  const bool block_fits = shape.threads % 32 == 0 && shape.threads * shape.blocks <= 2048 && shape.blocks <= 32;
  return lanes_fit && block_fits && shape.cells >= 0 && shape.cells <= 32;
}

/// Whether every shape can run, each is wider than the one before, and the last one takes any pair.
template <std::size_t count>
constexpr bool are_sound(const ExtendShape (&shapes)[count]) {
  for (std::size_t k = 0; k < count; ++k) {
    const bool is_last = k + 1 == count;
    if (!is_sound(shapes[k]) || shapes[k].in_memory() != is_last) return false;
    if (k > 0 && !is_last && shapes[k].width() <= shapes[k - 1].width()) return false;
  }
  return true;
}

static_assert(are_sound(extend_few_shapes));
static_assert(are_sound(extend_any_shapes));

}  // namespace anneal::align::cuda

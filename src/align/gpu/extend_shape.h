// What tells kernels for Mode::extend apart: data, checked when it is compiled. Each kind of GPU has a table of its
// own.
#pragma once

#include <cstddef>
#include <cstdint>

namespace anneal::align::gpu {

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

}  // namespace anneal::align::gpu

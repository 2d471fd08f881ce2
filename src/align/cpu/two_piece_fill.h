// One pair's dynamic programme where gaps have two pieces, in differences along antidiagonals; also extensions as
// ksw2's, with one piece or two.
#pragma once

#include <cstdint>

#include "align/cpu/diagonal_fill.h"
#include "align/cpu/two_piece_job.h"

namespace anneal::align::cpu {

/// A Fill for CheckpointedPath whose steps are antidiagonals.
class TwoPieceFill {
 public:
  /// The arrays of differences.
  using State = DiagonalFill::State;

  TwoPieceFill(const Problem& problem, const ScoreTable& scores, const Kernels& kernels, Scratch& scratch);

  State initial_state() const;
  void advance(State& state, std::int64_t first, std::int64_t last);
  void advance_traced(State& state, std::int64_t first, std::int64_t last);
  std::int64_t steps() const { return problem_.rows() + problem_.columns(); }
  static std::int64_t step_of(std::int64_t i, std::int64_t j) { return i + j; }
  void limit(std::int64_t i, std::int64_t j) {
    job_.row_limit = i;
    job_.column_limit = j;
  }
  std::uint64_t state_bytes() const { return arrays * array_bytes_; }
  int bits() const { return width_.bits; }  ///< of a difference
  std::uint64_t trace_bytes(std::int64_t first, std::int64_t last) const;
  std::uint8_t bits(std::int64_t i, std::int64_t j) const;

  /// H of the last cell, which has to be inside the band.
  std::int64_t corner_score();
  /// Until `progress` stops; with the trace of all antidiagonals, if wanted.
  void extend(Ksw2Progress& progress, bool traced);

 private:
  static constexpr std::size_t arrays = 6;

  void run(State& state, std::int64_t first, std::int64_t last);
  std::size_t trace_stride() const;

  const Problem& problem_;
  const WidthKernels& width_;
  Scratch& scratch_;
  TwoPieceJob job_;
  std::size_t array_bytes_;
};

}  // namespace anneal::align::cpu

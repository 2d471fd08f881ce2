// One pair's dynamic programme in strips of query rows.
#pragma once

#include <cstdint>

#include "align/cpu/diagonal_fill.h"
#include "align/cpu/diagonal_runs.h"
#include "align/cpu/kernels.h"
#include "align/cpu/scratch.h"
#include "align/cpu/strip_job.h"
#include "align/problem.h"

namespace anneal::align::cpu {

/// A Fill for CheckpointedPath whose steps are strips. Instead of trace bits it keeps the rows between strips and some
/// states within them; trace bits are computed for the tiles that the walk visits.
class StripFill {
 public:
  using State = DiagonalFill::State;

  /// The problem's differences fit a byte: differences_fit(). `scores`: each more by twice gap_extend.
  StripFill(const Problem& problem, const ScoreTable& scores, const Kernels& kernels, Scratch& scratch);

  State initial_state() const;
  void advance(State& state, std::int64_t first, std::int64_t last);
  void advance_traced(State& state, std::int64_t first, std::int64_t last);
  std::int64_t steps() const { return step_of(problem_.rows(), 0); }
  std::int64_t step_of(std::int64_t i, std::int64_t) const { return (i + strip_rows_ - 1) / strip_rows_; }
  /// Columns beyond `j` are no longer needed.
  void limit(std::int64_t, std::int64_t j) { column_limit_ = j; }
  std::uint64_t state_bytes() const { return 2 * static_cast<std::uint64_t>(row_size_); }
  std::uint64_t trace_bytes(std::int64_t first, std::int64_t last) const {
    return static_cast<std::uint64_t>(last - first) * saved_bytes();
  }
  /// Trace bits of a cell; fastest where the cells of a tile follow each other backwards.
  std::uint8_t bits(std::int64_t i, std::int64_t j);
  /// Takes steps of a walk, one or more.
  void follow(Traceback& walk);
  /// How many steps back from cell (i, j) take the diagonal, as far as one tile tells.
  std::int64_t diagonal_steps(std::int64_t i, std::int64_t j);

 private:
  struct Tile {
    std::int64_t strip = -1;
    std::int64_t first_step = 0;  ///< whose masks are the first
    std::int64_t last_step = -1;
  };

  StripRow row(std::uint8_t* bytes, std::int64_t strip) const;
  StripJob job(std::int64_t strip, std::uint8_t* above, std::uint8_t* below) const;
  std::size_t saved_bytes() const { return 2 * row_size_ + states_size_; }
  std::uint8_t* saved(std::int64_t strip) const {
    return saved_ + static_cast<std::size_t>(strip - first_saved_) * saved_bytes();
  }
  // Makes the masks of a cell available and returns those of its lane.
  const std::uint8_t* masks(std::int64_t i, std::int64_t j);
  void trace_tile(std::int64_t strip, std::int64_t last_step);

  const Problem& problem_;
  const Kernels& kernels_;
  Scratch& scratch_;
  std::int64_t strip_rows_;
  StripJob job_;  // what all strips share
  const std::uint8_t* query_;
  DiagonalRuns runs_;
  std::int64_t column_limit_;
  std::size_t row_size_;     // bytes of v, or of c, of a row
  std::size_t states_size_;  // of the states of a strip
  std::uint8_t* saved_ = nullptr;
  std::int64_t first_saved_ = 0;
  Tile tile_;
  std::uint8_t* tile_masks_ = nullptr;
};

}  // namespace anneal::align::cpu

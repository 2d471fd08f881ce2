// One pair's dynamic programme along antidiagonals.
#pragma once

#include <cstdint>

#include "align/best_end.h"
#include "align/cpu/kernels.h"
#include "align/cpu/scratch.h"
#include "align/problem.h"

namespace anneal::align::cpu {

/// A Fill for CheckpointedPath whose steps are antidiagonals, and the search for end cells.
class DiagonalFill {
 public:
  /// Arrays of the antidiagonals that the next one depends on.
  class State {
   public:
    explicit State(device::BufferPool& pool, std::size_t size)
        : pool_(&pool), bytes_(pool.acquire<std::uint8_t>(size)) {}
    State(const State& other);
    State& operator=(const State&) = delete;
    State(State&&) = default;
    State& operator=(State&&) = default;
    std::uint8_t* data() const { return bytes_.data(); }
    std::size_t size() const { return bytes_.size(); }

   private:
    device::BufferPool* pool_;
    device::Buffer<std::uint8_t> bytes_;
  };

  /// `width` has an antidiagonal kernel and holds every score of the problem, but for local ones at the top.
  DiagonalFill(const Problem& problem, const ScoreTable& scores, const WidthKernels& width, Scratch& scratch);

  State initial_state() const;
  void advance(State& state, std::int64_t first, std::int64_t last);
  void advance_traced(State& state, std::int64_t first, std::int64_t last);
  std::int64_t steps() const { return problem_.rows() + problem_.columns(); }
  static std::int64_t step_of(std::int64_t i, std::int64_t j) { return i + j; }
  void limit(std::int64_t i, std::int64_t j) {
    job_.row_limit = i;
    job_.column_limit = j;
  }
  std::uint64_t state_bytes() const { return 4 * array_bytes_; }
  std::uint64_t trace_bytes(std::int64_t first, std::int64_t last) const;
  std::uint8_t bits(std::int64_t i, std::int64_t j) const;

  /// Highest score and where it ends. With Track::best_score, i and j stay -1; an overflow gives i = -2.
  BestEnd find_end(Track track, const EndCells& ends);
  /// Highest local score that ends outside these columns, and where; an overflow gives i = -2.
  BestEnd find_local_end_outside(const recurrence::ExcludedEnds& excluded);
  static constexpr std::int64_t overflowed = -2;

 private:
  void run(State& state, std::int64_t first, std::int64_t last);
  template <typename T>
  void initialise(State& state) const;
  template <typename T>
  BestEnd find_end_as(Track track, const EndCells& ends);
  template <typename T>
  BestEnd find_local_end(Track track);
  std::uint8_t* array(State& state, std::size_t index) const { return state.data() + index * array_bytes_; }
  std::size_t trace_stride() const;

  const Problem& problem_;
  const WidthKernels& width_;
  Scratch& scratch_;
  DiagonalJob job_;
  std::size_t array_bytes_;
};

}  // namespace anneal::align::cpu

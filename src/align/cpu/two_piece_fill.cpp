#include "align/cpu/two_piece_fill.h"

#include <algorithm>
#include <cstring>

#include "align/cpu/width.h"

namespace anneal::align::cpu {
namespace {

const WidthKernels& width_for(const Problem& problem, const Kernels& kernels) {
  const int bits = DifferenceRange(*problem.matrix, problem.boundary).narrowest_bits();
  return kernels.width[bits == 8 ? width8 : bits == 16 ? width16 : width32];
}

}  // namespace

DifferenceRange::DifferenceRange(const SubstitutionMatrix& matrix, const Boundary& boundary) {
  // -open - extend <= u, v <= highest + open + extend, and lowest <= z <= highest, at most 0 where no letters match.
  const TwoPieces gaps(boundary);
  const std::int64_t highest = std::max(matrix.highest(), 0), lowest = std::min(matrix.lowest(), 0);
  const std::int64_t first = std::int64_t{gaps.first.open} + gaps.first.extend;
  const std::int64_t dearest = std::max(first, std::int64_t{gaps.second.open} + gaps.second.extend);
  unreachable = static_cast<std::int32_t>(lowest - dearest - 1);
  largest = highest + std::max(dearest + first, -std::int64_t{unreachable});
}

TwoPieceFill::TwoPieceFill(const Problem& problem, const ScoreTable& scores, const Kernels& kernels, Scratch& scratch)
    : problem_(problem), width_(width_for(problem, kernels)), scratch_(scratch) {
  const std::int64_t rows = problem.rows(), columns = problem.columns();
  const std::size_t lanes = width_.lanes, letters = problem.query.size(), target_letters = problem.target.size();
  std::uint8_t* query = scratch.query_lanes.reserve(1 + letters + lanes);
  std::uint8_t* target = scratch.target_lanes.reserve(lanes + target_letters + lanes) + lanes;
  query[0] = 0;
  std::copy(problem.query.begin(), problem.query.end(), query + 1);
  std::memset(query + 1 + letters, 0, lanes);
  std::memset(target - lanes, 0, lanes);
  std::reverse_copy(problem.target.begin(), problem.target.end(), target);
  std::memset(target + target_letters, 0, lanes);
  array_bytes_ = ((letters + 1 + 2 * lanes) * static_cast<std::size_t>(width_.bits / 8) + 127) / 128 * 128;
  job_.query = query;
  job_.target_reversed = target;
  job_.rows = job_.row_limit = rows;
  job_.columns = job_.column_limit = columns;
  job_.scores = &scores;
  job_.boundary = problem.boundary;
  job_.band = problem.band;
  job_.unreachable = DifferenceRange(*problem.matrix, problem.boundary).unreachable;
  job_.placement = problem.gap_placement;
}

// The first antidiagonal has no cell, and reads nothing.
TwoPieceFill::State TwoPieceFill::initial_state() const {
  State state(scratch_.pool, state_bytes());
  std::memset(state.data(), 0, state.size());
  return state;
}

void TwoPieceFill::run(State& state, std::int64_t first, std::int64_t last) {
  job_.first = first;
  job_.last = last;
  void** const pointers[] = {&job_.u, &job_.v, &job_.x, &job_.y, &job_.x2, &job_.y2};
  const std::size_t vector_bytes = width_.lanes * static_cast<std::size_t>(width_.bits / 8);
  for (std::size_t k = 0; k < arrays; ++k) *pointers[k] = state.data() + k * array_bytes_ + vector_bytes;
  width_.fill_two_piece(job_);
}

void TwoPieceFill::advance(State& state, std::int64_t first, std::int64_t last) {
  job_.trace = nullptr;
  run(state, first, last);
}

std::size_t TwoPieceFill::trace_stride() const {
  std::int64_t longest = std::min(job_.row_limit, job_.column_limit);
  if (problem_.band.width >= 0) longest = std::min(longest, problem_.band.width + 1);
  const std::size_t chunks = (static_cast<std::size_t>(longest) + width_.lanes - 1) / width_.lanes;
  return (chunks + 1) * width_.lanes;
}

std::uint64_t TwoPieceFill::trace_bytes(std::int64_t first, std::int64_t last) const {
  return static_cast<std::uint64_t>(last - first) * trace_stride();
}

void TwoPieceFill::advance_traced(State& state, std::int64_t first, std::int64_t last) {
  job_.trace_stride = trace_stride();
  job_.trace = scratch_.trace.reserve(static_cast<std::size_t>(last - first) * job_.trace_stride);
  run(state, first, last);
}

std::uint8_t TwoPieceFill::bits(std::int64_t i, std::int64_t j) const {
  const DiagonalRange range = diagonal_range(i + j, job_.row_limit, job_.column_limit, job_.band);
  return job_.trace[static_cast<std::size_t>(i + j - job_.first - 1) * job_.trace_stride +
                    static_cast<std::size_t>(i - traced_from(range, static_cast<std::int64_t>(width_.lanes)))];
}

std::int64_t TwoPieceFill::corner_score() {
  CornerScore corner;
  const Band& band = problem_.band;
  if (band.width >= 0) corner.from = std::max<std::int64_t>(0, std::abs(band.centre) - band.width);
  corner.score = problem_.boundary.gap(corner.from);
  if (band.centre < 0) corner.row = corner.from;
  job_.corner = &corner;
  State state = initial_state();
  advance(state, 0, steps());
  job_.corner = nullptr;
  return corner.score;
}

void TwoPieceFill::extend(Ksw2Progress& progress, bool traced) {
  job_.progress = &progress;
  State state = initial_state();
  if (traced) {
    advance_traced(state, 0, steps());
  } else {
    advance(state, 0, steps());
  }
  job_.progress = nullptr;
}

}  // namespace anneal::align::cpu

#include "align/cpu/diagonal_fill.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

#include "align/cpu/stored_score.h"

namespace anneal::align::cpu {
namespace {

// Elements that kernels may touch beyond an array's last.
std::size_t with_slack(std::int64_t count, std::size_t lanes) {
  return static_cast<std::size_t>(count) + 2 * lanes + 2;
}

}  // namespace

DiagonalFill::State::State(const State& other) : State(*other.pool_, other.size()) {
  std::memcpy(data(), other.data(), size());
}

DiagonalFill::DiagonalFill(const Problem& problem, const ScoreTable& scores, const WidthKernels& width,
                           Scratch& scratch)
    : problem_(problem), width_(width), scratch_(scratch) {
  const std::int64_t rows = problem.rows(), columns = problem.columns();
  std::uint8_t* query = scratch.query_lanes.reserve(with_slack(rows, width.lanes));
  std::uint8_t* target = scratch.target_lanes.reserve(with_slack(columns, width.lanes));
  std::copy(problem.query.begin(), problem.query.end(), query);
  std::reverse_copy(problem.target.begin(), problem.target.end(), target);
  std::memset(query + rows, 0, with_slack(0, width.lanes));
  std::memset(target + columns, 0, with_slack(0, width.lanes));
  const std::size_t element = static_cast<std::size_t>(width.bits / 8);
  array_bytes_ = (with_slack(rows + 1, width.lanes) * element + 127) / 128 * 128;
  job_.query = query;
  job_.target_reversed = target;
  job_.rows = job_.row_limit = rows;
  job_.columns = job_.column_limit = columns;
  job_.scores = &scores;
  job_.boundary = problem.boundary;
  job_.band = problem.band;
}

template <typename T>
void DiagonalFill::initialise(State& state) const {
  std::fill_n(reinterpret_cast<T*>(state.data()), state.size() / sizeof(T), minus_infinity<T>);
  if (!problem_.band.contains(0, 0)) return;
  const bool local = problem_.boundary.local;
  const T gap = stored<T>(problem_.boundary.gap(1), local);
  *reinterpret_cast<T*>(array(state, 0)) = stored_zero<T>(local);
  *reinterpret_cast<T*>(array(state, 2)) = gap;
  *reinterpret_cast<T*>(array(state, 3)) = gap;
}

DiagonalFill::State DiagonalFill::initial_state() const {
  State state(scratch_.pool, 4 * array_bytes_);
  if (width_.bits == 16) {
    initialise<std::int16_t>(state);
  } else {
    initialise<std::int32_t>(state);
  }
  return state;
}

void DiagonalFill::run(State& state, std::int64_t first, std::int64_t last) {
  job_.first = first;
  job_.last = last;
  job_.h[0] = array(state, 0);
  job_.h[1] = array(state, 1);
  job_.e = array(state, 2);
  job_.f = array(state, 3);
  width_.fill_diagonals(job_);
}

void DiagonalFill::advance(State& state, std::int64_t first, std::int64_t last) {
  job_.trace = nullptr;
  job_.track = Track::nothing;
  run(state, first, last);
}

std::size_t DiagonalFill::trace_stride() const {
  std::int64_t longest = std::min(job_.row_limit, job_.column_limit);
  if (problem_.band.width >= 0) longest = std::min(longest, problem_.band.width + 1);
  const std::size_t chunks = (static_cast<std::size_t>(longest) + width_.lanes - 1) / width_.lanes;
  return std::max<std::size_t>(chunks, 1) * trace_masks * mask_bytes(width_.lanes);
}

std::uint64_t DiagonalFill::trace_bytes(std::int64_t first, std::int64_t last) const {
  return static_cast<std::uint64_t>(last - first) * trace_stride();
}

void DiagonalFill::advance_traced(State& state, std::int64_t first, std::int64_t last) {
  job_.trace_stride = trace_stride();
  // Mask stores may write a whole word.
  job_.trace = scratch_.trace.reserve(static_cast<std::size_t>(last - first) * job_.trace_stride + 8);
  job_.track = Track::nothing;
  run(state, first, last);
}

std::uint8_t DiagonalFill::bits(std::int64_t i, std::int64_t j) const {
  const DiagonalRange range = diagonal_range(i + j, job_.row_limit, job_.column_limit, job_.band);
  const auto offset = static_cast<std::size_t>(i - range.first_row);
  const std::size_t chunk = offset / width_.lanes, lane = offset % width_.lanes;
  const std::uint8_t* masks = job_.trace + static_cast<std::size_t>(i + j - job_.first - 1) * job_.trace_stride +
                              chunk * trace_masks * mask_bytes(width_.lanes) + lane / 8;
  std::uint8_t found = 0;
  for (std::size_t mask = 0; mask < trace_masks; ++mask) {
    found |= static_cast<std::uint8_t>((masks[mask * mask_bytes(width_.lanes)] >> (lane % 8) & 1) << mask);
  }
  return found;
}

BestEnd DiagonalFill::find_end(Track track, const EndCells& ends) {
  return width_.bits == 16 ? find_end_as<std::int16_t>(track, ends) : find_end_as<std::int32_t>(track, ends);
}

BestEnd DiagonalFill::find_local_end_outside(const recurrence::ExcludedEnds& excluded) {
  job_.excluded_ends = excluded;
  return find_end(Track::best_cell, {.anywhere = true});
}

template <typename T>
BestEnd DiagonalFill::find_end_as(Track track, const EndCells& ends) {
  job_.trace = nullptr;
  job_.track = track;
  if (track != Track::last_cells) return find_local_end<T>(track);
  std::vector<T> last_row(static_cast<std::size_t>(problem_.columns() + 1), minus_infinity<T>);
  std::vector<T> last_column(static_cast<std::size_t>(problem_.rows() + 1), minus_infinity<T>);
  job_.last_row = last_row.data();
  job_.last_column = last_column.data();
  State state = initial_state();
  run(state, 0, steps());
  const auto score = [](T h) { return h == minus_infinity<T> ? BestEnd::minus_infinity : std::int32_t{h}; };
  return best_of_last_cells(
      problem_.rows(), problem_.columns(), ends.query_end_free, ends.target_end_free,
      [&](std::int64_t j) { return score(last_row[static_cast<std::size_t>(j)]); },
      [&](std::int64_t i) { return score(last_column[static_cast<std::size_t>(i)]); });
}

template <typename T>
BestEnd DiagonalFill::find_local_end(Track track) {
  using Diagonal = std::make_unsigned_t<T>;
  const std::size_t count = array_bytes_ / sizeof(T);
  const auto best = scratch_.pool.acquire<T>(count);
  const auto best_diagonal = scratch_.pool.acquire<T>(count);
  std::ranges::fill(best, stored_zero<T>(true));
  std::ranges::fill(best_diagonal, T{0});
  job_.best = best.data();
  job_.best_diagonal = best_diagonal.data();
  State state = initial_state();
  run(state, 0, steps());

  BestEnd end{.score = 0};
  const std::size_t values = track == Track::best_score ? width_.lanes : count;
  for (std::size_t i = 0; i < values; ++i) {
    if (best[i] == std::numeric_limits<T>::max()) return {.score = 0, .i = overflowed, .j = overflowed};
    const std::int32_t score = std::int32_t{best[i]} - stored_zero<T>(true);
    if (track == Track::best_score) {
      end.score = std::max(end.score, score);
    } else if (score > 0) {
      const auto row = static_cast<std::int64_t>(i);
      end.offer(score, row, std::int64_t{static_cast<Diagonal>(best_diagonal[i])} - row);
    }
  }
  return end;
}

}  // namespace anneal::align::cpu

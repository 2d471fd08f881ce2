#include "align/cpu/strip_fill.h"

#include <algorithm>
#include <cstring>

#include "align/cpu/strip_letters.h"

namespace anneal::align::cpu {
namespace {

// Beyond every diagonal, and far from overflow.
constexpr std::int64_t no_diagonal = std::int64_t{1} << 40;

std::size_t size(std::int64_t value) { return static_cast<std::size_t>(value); }

// Two vectors wherever the second one has rows.
std::int64_t strip_rows(const Problem& problem, const Kernels& kernels) {
  const auto lanes = static_cast<std::int64_t>(kernels.vector_bytes);
  return problem.rows() > lanes ? 2 * lanes : lanes;
}

}  // namespace

StripFill::StripFill(const Problem& problem, const ScoreTable& scores, const Kernels& kernels, Scratch& scratch)
    : problem_(problem), kernels_(kernels), scratch_(scratch), strip_rows_(strip_rows(problem, kernels)),
      runs_(kernels, scores, *problem.matrix), column_limit_(problem.columns()) {
  const std::int64_t columns = problem.columns();
  query_ = strip_query(problem, scores, strip_rows_, scratch);
  const Band& band = problem.band;
  job_.target_reversed = strip_target(problem, scores, strip_rows_, scratch);
  job_.vectors = strip_rows_ > static_cast<std::int64_t>(kernels.vector_bytes) ? 2 : 1;
  job_.columns = columns;
  job_.lowest_diagonal = band.width < 0 ? -no_diagonal : band.centre - band.width;
  job_.highest_diagonal = band.width < 0 ? no_diagonal : band.centre + band.width;
  job_.scores = &scores;
  job_.boundary = problem.boundary;

  const std::int64_t most_steps =
      std::min(columns + strip_rows_ - 1, job_.highest_diagonal - job_.lowest_diagonal + 1 + 2 * (strip_rows_ - 1));
  // A row reaches two strips' rows back, and the last rows of a strip once beyond.
  row_size_ = size((most_steps + 4 * strip_rows_ + 63) / 64 * 64);
  states_size_ = size((most_steps + strip_tile_steps - 1) / strip_tile_steps * strip_rows_) * strip_state_vectors;
}

StripRow StripFill::row(std::uint8_t* bytes, std::int64_t strip) const {
  auto* v = reinterpret_cast<std::int8_t*>(bytes);
  const std::int64_t first_step = std::max<std::int64_t>(1, strip * strip_rows_ + 1 + job_.lowest_diagonal);
  return {.v = v, .c = v + row_size_, .first_column = first_step - 2 * strip_rows_};
}

StripJob StripFill::job(std::int64_t strip, std::uint8_t* above, std::uint8_t* below) const {
  StripJob job = job_;
  job.query = query_ + strip * strip_rows_;
  job.first_row = strip * strip_rows_ + 1;
  job.first_step = std::max<std::int64_t>(1, job.first_row + job.lowest_diagonal);
  job.last_step =
      std::min(column_limit_ + strip_rows_ - 1, job.first_row + 2 * (strip_rows_ - 1) + job.highest_diagonal);
  job.above = row(above, strip);
  job.below = row(below, strip + 1);
  return job;
}

StripFill::State StripFill::initial_state() const {
  State state(scratch_.pool, state_bytes());
  const Boundary& boundary = problem_.boundary;
  const StripRow first = row(state.data(), 0);
  const auto drifted = [&](std::int64_t j) {
    return boundary.first_row(j) - boundary.first_row(j - 1) + boundary.gap_extend;
  };
  std::memset(first.v, static_cast<std::int8_t>(drifted(2)), row_size_);
  std::memset(first.c, static_cast<std::int8_t>(drifted(2) - boundary.gap_open), row_size_);
  // A band may begin beyond column 1, which is then not there.
  if (const std::int64_t place = 1 - first.first_column; place >= 0) {
    first.v[place] = static_cast<std::int8_t>(drifted(1));
    first.c[place] = static_cast<std::int8_t>(drifted(1) - boundary.gap_open);
  }
  return state;
}

void StripFill::advance(State& state, std::int64_t first, std::int64_t last) {
  // In place: a strip writes behind what it reads.
  for (std::int64_t strip = first; strip < last; ++strip) kernels_.fill_strip(job(strip, state.data(), state.data()));
}

void StripFill::advance_traced(State& state, std::int64_t first, std::int64_t last) {
  saved_ = scratch_.trace.reserve(trace_bytes(first, last) + 2 * row_size_);
  first_saved_ = first;
  tile_ = {};
  tile_masks_ = scratch_.workspace.reserve(size(strip_tile_steps) * trace_masks * mask_bytes(size(strip_rows_)) + 8);
  std::memcpy(saved_, state.data(), 2 * row_size_);
  for (std::int64_t strip = first; strip < last; ++strip) {
    StripJob filled = job(strip, saved(strip), saved(strip + 1));
    filled.states = reinterpret_cast<std::int8_t*>(saved(strip) + 2 * row_size_);
    kernels_.fill_strip(filled);
  }
}

void StripFill::trace_tile(std::int64_t strip, std::int64_t last_step) {
  StripJob traced = job(strip, saved(strip), saved(strip));
  const std::int64_t tile = (last_step - traced.first_step) / strip_tile_steps;
  traced.from = reinterpret_cast<const std::int8_t*>(saved(strip) + 2 * row_size_) +
                tile * strip_rows_ * static_cast<std::int64_t>(strip_state_vectors);
  traced.first_step += tile * strip_tile_steps;
  traced.last_step = last_step;
  traced.trace = tile_masks_;
  kernels_.fill_strip(traced);
  tile_ = {strip, traced.first_step, last_step};
}

const std::uint8_t* StripFill::masks(std::int64_t i, std::int64_t j) {
  const std::int64_t strip = (i - 1) / strip_rows_, lane = (i - 1) % strip_rows_, step = j + lane;
  if (strip != tile_.strip || step < tile_.first_step || step > tile_.last_step) trace_tile(strip, step);
  return tile_masks_ + size(step - tile_.first_step) * trace_masks * mask_bytes(size(strip_rows_)) + lane / 8;
}

std::uint8_t StripFill::bits(std::int64_t i, std::int64_t j) {
  const std::uint8_t* found = masks(i, j);
  const std::size_t stride = mask_bytes(size(strip_rows_));
  const auto bit = [&](std::size_t mask) { return (found[mask * stride] >> ((i - 1) % 8) & 1) << mask; };
  return static_cast<std::uint8_t>(bit(0) | bit(1) | bit(2) | bit(3));
}

void StripFill::follow(Traceback& walk) {
  const std::int64_t length = walk.is_aligned() ? diagonal_steps(walk.i(), walk.j()) : 0;
  if (length > 0) return runs_.take(problem_, walk, length);
  walk.step(bits(walk.i(), walk.j()));
}

std::int64_t StripFill::diagonal_steps(std::int64_t i, std::int64_t j) {
  const std::uint8_t* found = masks(i, j);
  const std::size_t stride = mask_bytes(size(strip_rows_));
  const std::int64_t lane = (i - 1) % strip_rows_, step = j + lane;
  const std::int64_t possible = std::min({lane + 1, j, (step - tile_.first_step) / 2 + 1});
  const std::uint8_t* word = found - lane / 8;
  std::int64_t steps = 0;
  while (steps < possible && (word[(lane - steps) / 8] >> ((lane - steps) % 8) & 1) != 0) {
    word -= 2 * trace_masks * stride;
    ++steps;
  }
  return steps;
}

}  // namespace anneal::align::cpu

#include "align/cpu/local_strips.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

#include "align/cpu/strip_letters.h"
#include "align/diagonal_bound.h"

namespace anneal::align::cpu {
namespace {

std::size_t size(std::int64_t value) { return static_cast<std::size_t>(value); }

std::int64_t height_of(const Kernels& kernels, Width width) { return kernels.width[width].strip_rows; }

// Columns of a row's array: a strip begins a strip's height before column 1, and ends one beyond the last.
// Whole vectors keep the states aligned.
std::int64_t row_size(std::int64_t columns, std::int64_t height) {
  constexpr std::int64_t whole = max_lanes;
  return (columns + 4 * height + whole - 1) / whole * whole;
}

std::int64_t most_tiles(std::int64_t columns, std::int64_t height) {
  return (columns + height - 1 + strip_tile_steps - 1) / strip_tile_steps;
}

std::size_t bytes_per_strip(std::int64_t columns, std::int64_t height, std::size_t element) {
  const std::int64_t states = most_tiles(columns, height) + 1;
  return size(2 * row_size(columns, height) + states * height * local_state_scores) * element;
}

}  // namespace

Width LocalStrips::width_for(const Boundary& boundary) {
  const std::int64_t penalty = std::int64_t{boundary.gap_open} + boundary.gap_extend;
  return penalty < std::numeric_limits<std::int16_t>::max() / 2 ? width16 : width32;
}

bool LocalStrips::mostly_in_8_bits(const AlignOptions& options) {
  const std::int64_t growth = options.matrix.highest() / 2 + std::int64_t{options.gap_extend};
  return strip_tile_steps * growth + options.gap_open < 160;
}

std::uint64_t LocalStrips::memory(std::int64_t rows, std::int64_t columns, const Kernels& kernels, Width width) {
  const std::int64_t height = height_of(kernels, width);
  return static_cast<std::uint64_t>((rows + height - 1) / height + 1) *
         bytes_per_strip(columns, height, width == width16 ? 2 : 4);
}

LocalStrips::LocalStrips(const Problem& problem, const LocalStripScores& scores, const Kernels& kernels, Width width,
                         Scratch& scratch)
    : problem_(problem), scratch_(scratch), kernel_(kernels.width[width].fill_local_strip),
      height_(height_of(kernels, width)), lanes_(kernels.width[width].lanes), element_(width == width16 ? 2 : 4),
      step_mask_(size(height_) / lanes_ * mask_bytes(lanes_)),
      row_bytes_(2 * size(row_size(problem.columns(), height_)) * element_),
      strip_bytes_(bytes_per_strip(problem.columns(), height_, element_)) {
  query_ = strip_query(problem, scores.table, height_, scratch);
  job_.target_reversed = strip_target(problem, scores.table, height_, scratch);
  job_.rows = problem.rows();
  job_.columns = problem.columns();
  job_.row_size = row_size(problem.columns(), height_);
  job_.scores = &scores.table;
  if (scores.possible_in_8_bits) job_.drifted_scores = &scores.drifted_table;
  job_.gap_open = problem.boundary.gap_open;
  job_.gap_extend = problem.boundary.gap_extend;
  job_.exact_band = problem.band.width >= 0;
  job_.lowest = std::min(problem.matrix->lowest(), -1);
  job_.highest = std::max(problem.matrix->highest(), 0);
  if (!scores.table.is_match_form() && scores.pairs.possible()) use_pairs(scores, kernels);
}

// Numbers the letters where every one has a number.
void LocalStrips::use_pairs(const LocalStripScores& scores, const Kernels& kernels) {
  const std::size_t margin = size(height_), rows = problem_.query.size(), columns = problem_.target.size();
  const std::uint8_t* query = strip_numbers(kernels, scores.pairs, query_, rows + margin, scratch_.query_numbers);
  const std::uint8_t* target = strip_numbers(kernels, scores.pairs, job_.target_reversed - margin, columns + 2 * margin,
                                             scratch_.target_numbers);
  if (query == nullptr || target == nullptr) return;
  query_ = query;
  job_.target_reversed = target + margin;
  job_.pair_scores = &scores.pairs;
  if (scores.possible_in_8_bits) job_.drifted_pair_scores = &scores.drifted_pairs;
}

template <typename T>
T* LocalStrips::row(std::int64_t strip) const {
  return reinterpret_cast<T*>(saved_ + size(strip) * strip_bytes_) + 2 * height_;
}

std::uint8_t* LocalStrips::states(std::int64_t strip) const { return saved_ + size(strip) * strip_bytes_ + row_bytes_; }

void LocalStrips::set_least(std::int64_t least) {
  job_.least = least;
  least_letters_ = job_.highest == 0 ? 1 : (least + job_.highest - 1) / job_.highest;
}

BestEnd LocalStrips::find_end(const Diagonals& band, std::int64_t least) {
  set_least(least);
  Diagonals diagonals = band;
  if (!job_.exact_band) {
    const EndCells ends{.anywhere = true};
    const Diagonals needed =
        DiagonalBound(problem_.matrix->highest(), problem_.boundary, ends, job_.rows, job_.columns).reaching(least);
    diagonals = {std::max(band.lowest, needed.lowest), std::min(band.highest, needed.highest)};
  }
  job_.lowest_diagonal = diagonals.lowest;
  job_.highest_diagonal = diagonals.highest;
  strips_.clear();
  candidates_.clear();
  best_ = 0;
  raised_ = false;
  tile_ = {-1, 0, -1};
  return element_ == 2 ? find_end_as<std::int16_t>(diagonals) : find_end_as<std::int32_t>(diagonals);
}

// What of a strip can hold a part of an alignment that matters: it begins there, or goes on from the row above.
template <typename T>
LocalStrips::Strip LocalStrips::part_to_fill(std::int64_t strip, const Strip& before, const Diagonals& diagonals,
                                             LocalStripJob& job) const {
  const std::int64_t rows = job_.rows, columns = job_.columns, first_row = strip * height_ + 1;
  const std::int64_t rows_left = rows - first_row + 1;
  const T* above = row<T>(strip);
  const auto goes_on = [&](std::int64_t j) {
    return std::int64_t{above[j]} + job_.highest * std::min(rows_left, columns - j) >= job_.least;
  };
  const bool may_begin = rows_left >= least_letters_;
  // The first cell needs the one on its diagonal in the row above.
  std::int64_t first = std::max<std::int64_t>(1, first_row + diagonals.lowest - 1);
  std::int64_t last = strip == 0 ? 0 : std::min(columns, before.last_step - height_ + 1);
  if (!may_begin) {
    first = std::max(first, before.first_step);
    while (first <= last && !goes_on(first)) ++first;
    if (first > last) return {1, 0};
  }
  while (last >= first && !goes_on(last)) --last;
  if (may_begin) last = std::max(last, columns - least_letters_ + 1);
  job.last_active = last;
  return {first, std::min(columns + height_ - 1, first_row + 2 * (height_ - 1) + diagonals.highest)};
}

template <typename T>
void LocalStrips::fill(std::int64_t strip, LocalStripJob& job) {
  Strip& part = strips_.back();
  job.query = query_ + strip * height_;
  job.first_row = strip * height_ + 1;
  job.first_step = part.first_step;
  job.last_step = part.last_step;
  job.above = row<T>(strip);
  job.below = row<T>(strip + 1);
  job.states = states(strip);
  job.tile_best = tile_best_.data();
  job.last_done = &part.last_step;
  job.raised = &raised_;
  kernel_(job);
  // Beyond it, the next strip reads that nothing goes on.
  T* below = row<T>(strip + 1);
  const std::int64_t first_beyond = part.last_step - height_ + 2, end = job_.columns + 2 * height_;
  std::fill(below + first_beyond, below + end, T{0});
  std::fill(below + first_beyond + job_.row_size, below + end + job_.row_size, T{0});
  cells_ += static_cast<std::uint64_t>((part.last_step - part.first_step + 1) * height_);
}

void LocalStrips::note_best(std::int64_t strip) {
  const Strip& part = strips_.back();
  const std::int32_t* tile = tile_best_.data();
  for (std::int64_t first = part.first_step; first <= part.last_step; first += strip_tile_steps, ++tile) {
    const std::int64_t last = std::min(part.last_step, first + strip_tile_steps - 1);
    if (*tile < best_ || *tile == 0 || (raised_ && *tile < least_true(strip, last))) continue;
    if (*tile > best_) candidates_.clear();
    best_ = *tile;
    candidates_.push_back({strip, first, last});
  }
}

std::int64_t LocalStrips::least_true(std::int64_t strip, std::int64_t last_step) const {
  const std::int64_t letters = std::min(job_.rows - (strip + 1) * height_, job_.columns - last_step);
  return job_.least - job_.highest * std::max<std::int64_t>(letters, 0);
}

template <typename T>
BestEnd LocalStrips::find_end_as(const Diagonals& diagonals) {
  const std::int64_t count = (job_.rows + height_ - 1) / height_;
  saved_ = scratch_.trace.reserve(size(count + 1) * strip_bytes_);
  tile_masks_ = scratch_.workspace.reserve(size(strip_tile_steps) * trace_masks * step_mask_ + 8);
  tile_best_.resize(size(most_tiles(job_.columns, height_)));
  std::memset(saved_, 0, row_bytes_);
  Strip before{1, 0};
  for (std::int64_t strip = 0; strip < count; ++strip) {
    LocalStripJob job = job_;
    const Strip part = part_to_fill<T>(strip, before, diagonals, job);
    strips_.push_back(part);
    if (part.first_step > part.last_step) {
      if (strip * height_ + least_letters_ > job_.rows) break;
      std::memset(saved_ + size(strip + 1) * strip_bytes_, 0, row_bytes_);
    } else {
      fill<T>(strip, job);
      note_best(strip);
      // What was reached so far is the least that matters from here on.
      if (best_ > job_.least) set_least(best_);
    }
    before = strips_.back();
  }
  // Every score is seen here before the next one could overflow.
  if (element_ == 2 && best_ > std::numeric_limits<std::int16_t>::max() - job_.highest) {
    return {.score = 0, .i = overflowed, .j = overflowed};
  }
  if (best_ < job_.least) return {.score = best_};
  return find_best();
}

LocalStripJob LocalStrips::refill(std::int64_t strip, std::int64_t last_step) const {
  LocalStripJob job = job_;
  const std::int64_t first_step = strips_[size(strip)].first_step;
  const std::int64_t tile = (last_step - first_step) / strip_tile_steps;
  job.query = query_ + strip * height_;
  job.first_row = strip * height_ + 1;
  job.first_step = first_step + tile * strip_tile_steps;
  job.last_step = last_step;
  job.above = element_ == 2 ? static_cast<const void*>(row<std::int16_t>(strip)) : row<std::int32_t>(strip);
  job.from = states(strip) + size(tile * height_ * local_state_scores) * element_;
  return job;
}

// The first column, and then the first row, whose cell has the best score.
BestEnd LocalStrips::find_best() const {
  BestEnd end{.score = 0};
  const std::size_t vector_bytes = mask_bytes(lanes_);
  for (const Candidate& candidate : candidates_) {
    if (end.score > 0 && candidate.first_step - height_ + 1 > end.j) continue;
    LocalStripJob job = refill(candidate.strip, candidate.last_step);
    job.found = tile_masks_;
    job.wanted = best_;
    kernel_(job);
    for (std::int64_t step = job.first_step; step <= job.last_step; ++step) {
      const std::uint8_t* mask = tile_masks_ + size(step - job.first_step) * step_mask_;
      for (std::size_t byte = 0; byte < step_mask_; ++byte) {
        for (unsigned set = mask[byte]; set != 0; set &= set - 1) {
          const std::size_t in_vector = 8 * (byte % vector_bytes) + size(std::countr_zero(set));
          const auto lane = static_cast<std::int64_t>(byte / vector_bytes * lanes_ + in_vector);
          const std::int64_t i = job.first_row + lane, j = step - lane;
          if (i <= job_.rows && j >= 1 && j <= job_.columns) end.offer(best_, i, j);
        }
      }
    }
  }
  return end;
}

std::size_t LocalStrips::bit_of(std::int64_t lane) const {
  return size(lane) / lanes_ * mask_bytes(lanes_) * 8 + size(lane) % lanes_;
}

const std::uint8_t* LocalStrips::masks(std::int64_t i, std::int64_t j) {
  const std::int64_t strip = (i - 1) / height_, lane = (i - 1) % height_, step = j + lane;
  const bool upper = lane < height_ / 2;
  const bool has_masks = strip == tile_.strip && step >= tile_.first_step && step <= tile_.last_step;
  if (!has_masks || (!upper && upper_only_)) {
    LocalStripJob job = refill(strip, step);
    job.trace = tile_masks_;
    // The walk goes up only.
    job.upper_only = upper_only_ = upper;
    kernel_(job);
    tile_ = {strip, job.first_step, step};
  }
  return tile_masks_ + size(step - tile_.first_step) * trace_masks * step_mask_;
}

std::int64_t LocalStrips::diagonal_steps(std::int64_t i, std::int64_t j) {
  const std::uint8_t* row = masks(i, j);
  const std::int64_t lane = (i - 1) % height_, step = j + lane;
  // Bits of neighbouring vectors are neighbours too, unless a vector has less than a byte of them.
  const std::int64_t lanes_above = lanes_ % 8 == 0 ? lane : lane % static_cast<std::int64_t>(lanes_);
  const std::int64_t possible = std::min({lanes_above + 1, j, (step - tile_.first_step) / 2 + 1});
  const std::size_t bit = bit_of(lane), back = 2 * trace_masks * step_mask_;
  std::int64_t steps = 0;
  const auto is_diagonal = [&] {
    const std::size_t above = bit - size(steps);
    return (*(row - size(steps) * back + above / 8) >> (above % 8) & 1) != 0;
  };
  // A step back is one lane lower and two steps of the strip earlier.
  while (steps < possible && is_diagonal()) ++steps;
  return steps;
}

void LocalStrips::follow(Traceback& walk, DiagonalRuns& runs) {
  while (!walk.done()) {
    if (walk.is_aligned()) {
      if (const std::int64_t length = diagonal_steps(walk.i(), walk.j()); length > 0) {
        runs.take(problem_, walk, length);
        continue;
      }
    }
    const std::size_t in_mask = bit_of((walk.i() - 1) % height_);
    const std::uint8_t* found = masks(walk.i(), walk.j()) + in_mask / 8;
    const auto bit = [&](std::size_t mask) { return (found[mask * step_mask_] >> (in_mask % 8) & 1) << mask; };
    walk.step(static_cast<std::uint8_t>(bit(0) | bit(1) | bit(2) | bit(3)));
  }
}

}  // namespace anneal::align::cpu

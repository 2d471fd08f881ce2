#include "align/scalar/row_fill.h"

#include <algorithm>

namespace anneal::align::scalar {
namespace {

constexpr std::int32_t minus_infinity = BestEnd::minus_infinity;

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

// A gap's score one letter on: opened at a cell of score `h`, or longer.
std::int32_t continued(std::int32_t h, std::int32_t gap, const GapCost& cost) {
  return std::max(h - cost.open, gap) - cost.extend;
}

// The ways to a cell.
struct Cell {
  std::int32_t aligned = minus_infinity;
  std::int32_t e = minus_infinity;
  std::int32_t f = minus_infinity;
  std::int32_t e2 = minus_infinity;
  std::int32_t f2 = minus_infinity;

  std::int32_t best() const { return std::max({aligned, e, f, e2, f2}); }

  // Trace bits where the first of equal ways is taken, and opening a gap before going on with one.
  std::uint8_t leftmost(std::int32_t h, const GapCost& first, const GapCost& second) const {
    const std::uint8_t way = h == aligned ? trace_diagonal
                             : h == e     ? trace_deletion
                             : h == f     ? 0
                             : h == e2    ? trace_deletion | trace_second_gap
                                          : trace_second_gap;
    return way | opening_bits(h - first.open >= e, h - first.open >= f, h - second.open >= e2, h - second.open >= f2);
  }

  // ... where the last one is.
  std::uint8_t rightmost(std::int32_t h, const GapCost& first, const GapCost& second) const {
    const std::uint8_t way = h == f2   ? trace_second_gap
                             : h == e2 ? trace_deletion | trace_second_gap
                             : h == f  ? 0
                             : h == e  ? trace_deletion
                                       : trace_diagonal;
    return way | opening_bits(h - first.open > e, h - first.open > f, h - second.open > e2, h - second.open > f2);
  }

 private:
  static std::uint8_t opening_bits(bool e, bool f, bool e2, bool f2) {
    return static_cast<std::uint8_t>((e ? trace_opens_deletion : 0) | (f ? trace_opens_insertion : 0) |
                                     (e2 ? trace_opens_second_deletion : 0) | (f2 ? trace_opens_second_insertion : 0));
  }
};

}  // namespace

RowFill::State RowFill::initial_state() const {
  State state;
  const std::size_t size = at(problem_.columns() + 1);
  state.h.assign(size, minus_infinity);
  state.f.assign(size, minus_infinity);
  if (problem_.boundary.second_gap) state.f2.assign(size, minus_infinity);
  for (std::int64_t j = 0; j <= problem_.columns(); ++j) {
    if (problem_.band.contains(0, j)) state.h[at(j)] = static_cast<std::int32_t>(problem_.boundary.first_row(j));
  }
  return state;
}

void RowFill::fill_row(State& state, std::int64_t i, std::uint8_t* trace) const {
  const Boundary& boundary = problem_.boundary;
  const Band& band = problem_.band;
  const bool has_two_pieces = boundary.second_gap.has_value();
  const GapCost first{boundary.gap_open, boundary.gap_extend}, second = boundary.second_gap.value_or(GapCost{});
  std::int32_t diagonal = state.h[0];  // H(i-1,j-1)
  Cell cell;
  state.h[0] = band.contains(i, 0) ? static_cast<std::int32_t>(boundary.first_column(i)) : minus_infinity;

  for (std::int64_t j = 1; j <= column_limit_; ++j) {
    const std::int32_t above = state.h[at(j)], left = state.h[at(j - 1)];
    if (!band.contains(i, j)) {
      state.h[at(j)] = state.f[at(j)] = cell.e = cell.e2 = minus_infinity;
      if (has_two_pieces) state.f2[at(j)] = minus_infinity;
      diagonal = above;
      continue;
    }
    cell.aligned = diagonal + problem_.score(i, j);
    cell.e = continued(left, cell.e, first);
    cell.f = continued(above, state.f[at(j)], first);
    if (has_two_pieces) {
      cell.e2 = continued(left, cell.e2, second);
      cell.f2 = continued(above, state.f2[at(j)], second);
      state.f2[at(j)] = cell.f2;
    }
    std::int32_t h = cell.best();
    if (trace != nullptr) {
      trace[j - 1] = problem_.gap_placement == GapPlacement::leftmost ? cell.leftmost(h, first, second)
                                                                      : cell.rightmost(h, first, second);
    }
    if (boundary.local) h = std::max(h, 0);
    diagonal = above;
    state.h[at(j)] = h;
    state.f[at(j)] = cell.f;
  }
}

void RowFill::advance(State& state, std::int64_t first, std::int64_t last) {
  for (std::int64_t i = first + 1; i <= last; ++i) fill_row(state, i, nullptr);
}

void RowFill::advance_traced(State& state, std::int64_t first, std::int64_t last) {
  trace_first_ = first;
  trace_columns_ = column_limit_;
  trace_.resize(trace_bytes(first, last));
  for (std::int64_t i = first + 1; i <= last; ++i) {
    fill_row(state, i, trace_.data() + (i - first - 1) * trace_columns_);
  }
}

BestEnd RowFill::find_end(const EndCells& ends, const recurrence::ExcludedEnds& excluded) {
  BestEnd best;
  State state = initial_state();
  for (std::int64_t i = 0; i <= problem_.rows(); ++i) {
    if (i > 0) fill_row(state, i, nullptr);
    for (std::int64_t j = 0; j <= problem_.columns(); ++j) {
      if (ends.contains(problem_, i, j) && !excluded.contain(j)) best.offer(state.h[at(j)], i, j);
    }
  }
  return best;
}

}  // namespace anneal::align::scalar

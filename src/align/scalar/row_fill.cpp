#include "align/scalar/row_fill.h"

#include <algorithm>

namespace anneal::align::scalar {
namespace {

constexpr std::int32_t minus_infinity = BestEnd::minus_infinity;

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

RowFill::State RowFill::initial_state() const {
  State state;
  state.h.assign(at(problem_.columns() + 1), minus_infinity);
  state.f.assign(at(problem_.columns() + 1), minus_infinity);
  for (std::int64_t j = 0; j <= problem_.columns(); ++j) {
    if (problem_.band.contains(0, j)) state.h[at(j)] = static_cast<std::int32_t>(problem_.boundary.first_row(j));
  }
  return state;
}

void RowFill::fill_row(State& state, std::int64_t i, std::uint8_t* trace) const {
  const Boundary& boundary = problem_.boundary;
  const Band& band = problem_.band;
  std::int32_t diagonal = state.h[0];  // H(i-1,j-1)
  std::int32_t e = minus_infinity;
  state.h[0] = band.contains(i, 0) ? static_cast<std::int32_t>(boundary.first_column(i)) : minus_infinity;

  for (std::int64_t j = 1; j <= column_limit_; ++j) {
    const std::int32_t above = state.h[at(j)];
    if (!band.contains(i, j)) {
      state.h[at(j)] = state.f[at(j)] = e = minus_infinity;
      diagonal = above;
      continue;
    }
    e = std::max(state.h[at(j - 1)] - boundary.gap_open, e) - boundary.gap_extend;
    const std::int32_t f = std::max(above - boundary.gap_open, state.f[at(j)]) - boundary.gap_extend;
    const std::int32_t aligned = diagonal + problem_.score(i, j);
    std::int32_t h = std::max({aligned, e, f});
    if (trace != nullptr) {
      trace[j - 1] = static_cast<std::uint8_t>((h == aligned ? trace_diagonal : 0) | (e >= f ? trace_deletion : 0) |
                                               (h - boundary.gap_open >= e ? trace_opens_deletion : 0) |
                                               (h - boundary.gap_open >= f ? trace_opens_insertion : 0));
    }
    if (boundary.local) h = std::max(h, 0);
    diagonal = above;
    state.h[at(j)] = h;
    state.f[at(j)] = f;
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

BestEnd RowFill::find_end(const EndCells& ends) {
  BestEnd best;
  State state = initial_state();
  for (std::int64_t i = 0; i <= problem_.rows(); ++i) {
    if (i > 0) fill_row(state, i, nullptr);
    for (std::int64_t j = 0; j <= problem_.columns(); ++j) {
      if (ends.contains(problem_, i, j)) best.offer(state.h[at(j)], i, j);
    }
  }
  return best;
}

}  // namespace anneal::align::scalar

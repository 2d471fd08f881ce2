// The parameters of an ExtendProgram, and which pairs it may have. For hosts.
#pragma once

#include <algorithm>
#include <cstdint>

#include "align/recurrence/extend_program.h"
#include "align/recurrence/extend_rows_program.h"

namespace anneal::align::recurrence {

/// What a pair needs of a program.
struct ExtendNeed {
  std::int64_t width;    ///< diagonals
  std::int64_t highest;  ///< score, at most
};

/// `band`: extension_band(). `highest_pair`: the matrix's highest score.
inline ExtendNeed extend_need(std::int64_t query_length, std::int64_t target_length, std::int64_t band, std::int64_t h0,
                              int highest_pair) {
  const std::int64_t below = std::min(band, std::max<std::int64_t>(target_length, 1) - 1);
  const std::int64_t above = std::min(band, std::max<std::int64_t>(query_length, 1) - 1);
  return {.width = below + 1 + above,
          .highest = h0 + std::max(highest_pair, 0) * std::min(query_length, target_length)};
}

/// ExtendProgram has limits, ExtendRowsProgram has none.
template <class Program>
inline constexpr bool is_limited = requires { Program::width; };

template <class Program>
bool takes_penalties(int gap_open, int gap_extend) {
  if constexpr (is_limited<Program>) {
    using Value = typename Program::Value;
    const std::int64_t open = std::int64_t{gap_open} * Value::unit;
    const std::int64_t along = std::int64_t{gap_extend} * Value::unit * Program::width;
    return open <= Value::limit / 4 && along <= Value::limit;
  } else {
    return true;
  }
}

template <class Program>
bool takes_pair(const ExtendNeed& need) {
  if constexpr (is_limited<Program>) {
    return need.width <= Program::width && need.highest <= Program::Value::highest_score;
  } else {
    return true;
  }
}

/// Of ExtendJob::rows, for queries of at most this length.
template <class Program>
std::int64_t row_ints(std::int64_t query_length) {
  return is_limited<Program> ? 0 : 2 * (query_length / 4 + 1) * 4;
}

template <class Program>
ExtendParameters extend_parameters(const ExtendCosts& costs) {
  ExtendParameters parameters{.costs = costs, .open = 0, .up = 0, .along = 0, .fold = {}, .decay = {}};
  if constexpr (is_limited<Program>) {
    constexpr int unit = Program::Value::unit;
    parameters.open = costs.gap_open * unit;
    parameters.up = -costs.gap_extend * unit - 1;
    parameters.along = -costs.gap_extend * unit + 1;
    for (int cell = 0; cell < Program::cells; ++cell) {
      parameters.fold[cell] = (Program::cells - cell) * parameters.along - parameters.open;
    }
    for (int step = 0; 1 << step < Program::lanes; ++step) {
      parameters.decay[step] = (Program::cells << step) * parameters.along;
    }
  }
  return parameters;
}

}  // namespace anneal::align::recurrence

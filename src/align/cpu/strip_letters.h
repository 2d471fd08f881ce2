// The letters of a pair as the strip kernels read them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "align/cpu/kernels.h"
#include "align/cpu/score_table.h"
#include "align/cpu/scratch.h"
#include "align/problem.h"

namespace anneal::align::cpu {

/// Query codes, followed by `lanes` + max_lanes codes of padding where there is such a letter.
inline const std::uint8_t* strip_query(const Problem& problem, const ScoreTable& scores, std::int64_t lanes,
                                       Scratch& scratch) {
  const std::size_t rows = problem.query.size(), margin = static_cast<std::size_t>(lanes);
  std::uint8_t* query = scratch.query_lanes.reserve(rows + margin + max_lanes);
  std::memcpy(query, problem.query.data(), rows);
  std::memset(query + rows, scores.padding(), margin + max_lanes);
  return query;
}

/// Target codes from the last to the first, between `lanes` codes of padding and as many plus max_lanes, and as
/// MatchScores::prepare_target gives them.
inline const std::uint8_t* strip_target(const Problem& problem, const ScoreTable& scores, std::int64_t lanes,
                                        Scratch& scratch) {
  const std::size_t columns = problem.target.size(), margin = static_cast<std::size_t>(lanes);
  std::uint8_t* target = scratch.target_lanes.reserve(columns + 2 * margin + max_lanes);
  std::memset(target, scores.padding(), margin);
  std::reverse_copy(problem.target.begin(), problem.target.end(), target + margin);
  std::memset(target + margin + columns, scores.padding(), margin + max_lanes);
  if (scores.is_match_form()) {
    for (std::size_t k = 0; k < columns + 2 * margin + max_lanes; ++k) target[k] += target[k] & ScoreTable::unknown_bit;
  }
  return target + margin;
}

/// Numbers in place of `count` codes, or null where one has none. Both are readable for a vector more.
inline const std::uint8_t* strip_numbers(const Kernels& kernels, const PairScores& scores, const std::uint8_t* codes,
                                         std::size_t count, ScratchBytes& bytes) {
  const std::size_t whole = (count + kernels.vector_bytes - 1) / kernels.vector_bytes * kernels.vector_bytes;
  std::uint8_t* numbers = bytes.reserve(whole);
  return kernels.number_letters(scores.numbers(), codes, whole, numbers) ? numbers : nullptr;
}

}  // namespace anneal::align::cpu

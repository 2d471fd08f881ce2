#include "align/cpu/diagonal_runs.h"

namespace anneal::align::cpu {
namespace {

constexpr std::int64_t word_bits = 64;

}  // namespace

void DiagonalRuns::read(const Problem& problem, std::int64_t i, std::int64_t j, std::int64_t length) {
  const auto count = static_cast<std::size_t>(length);
  query_ = problem.query.subspan(static_cast<std::size_t>(i - length), count);
  target_ = problem.target.subspan(static_cast<std::size_t>(j - length), count);
  equal_.resize(count / word_bits + 1);
  by_words_ = two_scores_ && kernels_.equal_letters(query_.data(), target_.data(), count, equal_.data());
}

DiagonalRuns::Run DiagonalRuns::run_before(std::int64_t left) const {
  if (!by_words_) {
    const std::uint8_t q = query_[static_cast<std::size_t>(left - 1)], t = target_[static_cast<std::size_t>(left - 1)];
    return {matrix_.is_match(q, t) ? CigarOp::equal : CigarOp::mismatch, 1, matrix_.score(q, t)};
  }
  const std::int64_t in_word = (left - 1) % word_bits + 1;
  const std::uint64_t bits = equal_[static_cast<std::size_t>((left - 1) / word_bits)] << (word_bits - in_word);
  const bool same = bits >> (word_bits - 1) != 0;
  const std::int64_t length = std::min<std::int64_t>(same ? std::countl_one(bits) : std::countl_zero(bits), in_word);
  return {same ? CigarOp::equal : CigarOp::mismatch, length, matrix_.score(0, same ? 0 : 1)};
}

std::optional<std::int64_t> DiagonalRuns::columns_to_begin(const Boundary& boundary, std::int64_t i, std::int64_t j,
                                                           std::int64_t remaining) const {
  const std::int64_t columns = std::min(i, j), highest = std::max(matrix_.highest(), 0);
  std::int64_t left = columns;
  while (left > 0 && remaining <= highest * left && !(boundary.local && remaining == 0)) {
    const Run run = run_before(left);
    const bool may_begin_within = boundary.local && run.score > 0 && remaining < run.length * run.score;
    const std::int64_t length = may_begin_within ? remaining / run.score : run.length;
    if (length == 0) return std::nullopt;
    remaining -= length * run.score;
    left -= length;
  }
  if (boundary.local) return remaining == 0 ? std::optional(columns - left) : std::nullopt;
  const std::int64_t at_begin = i > j ? boundary.first_column(i - j) : boundary.first_row(j - i);
  return left == 0 && remaining == at_begin ? std::optional(columns) : std::nullopt;
}

void DiagonalRuns::take_read(const Boundary& boundary, Traceback& walk, std::int64_t length) const {
  const auto read = static_cast<std::int64_t>(query_.size());
  for (std::int64_t taken = 0; taken < length && !walk.done();) {
    const Run run = run_before(read - taken);
    std::int64_t step = std::min(run.length, length - taken);
    // A local alignment may begin within a run.
    if (boundary.local && run.score > 0) step = std::min(step, walk.remaining() / run.score);
    walk.take_diagonal(run.code, step, run.score);
    taken += step;
  }
}

void DiagonalRuns::take(const Problem& problem, Traceback& walk, std::int64_t length) {
  read(problem, walk.i(), walk.j(), length);
  take_read(problem.boundary, walk, length);
}

bool DiagonalRuns::take_to_begin(const Problem& problem, Traceback& walk) {
  read(problem, walk.i(), walk.j(), std::min(walk.i(), walk.j()));
  const auto columns = columns_to_begin(problem.boundary, walk.i(), walk.j(), walk.remaining());
  if (columns) take_read(problem.boundary, walk, *columns);
  return columns.has_value();
}

}  // namespace anneal::align::cpu

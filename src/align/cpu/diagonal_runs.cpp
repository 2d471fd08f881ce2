#include "align/cpu/diagonal_runs.h"

#include <algorithm>
#include <bit>

namespace anneal::align::cpu {
namespace {

constexpr std::int64_t word_bits = EqualColumns::word_bits;

// What a walk to the begin along the diagonal of (i, j) has to explain there.
std::int64_t score_at_begin(const Boundary& boundary, std::int64_t i, std::int64_t j) {
  return i > j ? boundary.first_column(i - j) : boundary.first_row(j - i);
}

}  // namespace

bool DiagonalRuns::compare(const Problem& problem, std::int64_t i, std::int64_t j, std::int64_t length) {
  if (!two_scores_) return false;
  const auto count = static_cast<std::size_t>(length);
  if (equal_.size() < count / word_bits + 1) equal_.resize(count / word_bits + 1);
  return kernels_.equal_letters(problem.query.data() + (i - length), problem.target.data() + (j - length), count,
                                equal_.data());
}

std::int64_t DiagonalRuns::last_columns_of(std::int64_t score, std::int64_t columns) const {
  const std::int64_t of_equal = matrix_.score(0, 0), of_different = matrix_.score(0, 1);
  for (std::int64_t end = columns; end > 0;) {
    if (score > of_equal * end) return 0;
    const std::int64_t begin = (end - 1) / word_bits * word_bits;
    std::uint64_t different = ~equal_[static_cast<std::size_t>(begin / word_bits)];
    different &= ~std::uint64_t{0} >> (word_bits - (end - begin));
    const std::int64_t differences = std::popcount(different), equals = end - begin - differences;
    if (score > of_equal * equals) {
      score -= of_equal * equals + of_different * differences;
      end = begin;
      continue;
    }
    while (different != 0) {
      const std::int64_t run_begin = begin + word_bits - std::countl_zero(different);
      if (score <= of_equal * (end - run_begin)) break;
      score -= of_equal * (end - run_begin) + of_different;
      end = run_begin - 1;
      different ^= std::uint64_t{1} << (end - begin);
    }
    if (score > of_equal * (end - begin)) {
      score -= of_equal * (end - begin);
      end = begin;
      continue;
    }
    return score % of_equal == 0 ? columns - end + score / of_equal : 0;
  }
  return 0;
}

std::int64_t DiagonalRuns::score_of(std::int64_t columns) const {
  std::int64_t equals = 0;
  for (std::int64_t begin = 0; begin < columns; begin += word_bits) {
    equals += std::popcount(equal_[static_cast<std::size_t>(begin / word_bits)]);
  }
  return equals * matrix_.score(0, 0) + (columns - equals) * matrix_.score(0, 1);
}

void DiagonalRuns::take(const Problem& problem, Traceback& walk, std::int64_t length) {
  if (!compare(problem, walk.i(), walk.j(), length)) return take_singly(problem, walk, length);
  std::int64_t taken = length;
  // A local alignment may begin within a run.
  if (problem.boundary.local) {
    if (const std::int64_t to_begin = last_columns_of(walk.remaining(), length); to_begin > 0) taken = to_begin;
  }
  take_last(walk, length, taken);
}

bool DiagonalRuns::take_to_begin(const Problem& problem, Traceback& walk) {
  const std::int64_t i = walk.i(), j = walk.j(), columns = std::min(i, j);
  if (!compare(problem, i, j, columns)) return take_singly_to_begin(problem, walk);
  std::int64_t taken = columns;
  if (problem.boundary.local) {
    taken = last_columns_of(walk.remaining(), columns);
    if (taken == 0) return false;
  } else if (walk.remaining() - score_of(columns) != score_at_begin(problem.boundary, i, j)) {
    return false;
  }
  take_last(walk, columns, taken);
  return true;
}

void DiagonalRuns::take_last(Traceback& walk, std::int64_t columns, std::int64_t taken) const {
  walk.take_columns({equal_.data(), columns - taken, columns}, matrix_.score(0, 0), matrix_.score(0, 1));
}

void DiagonalRuns::take_column(const Problem& problem, Traceback& walk) {
  const std::uint8_t q = problem.query[static_cast<std::size_t>(walk.i() - 1)];
  const std::uint8_t t = problem.target[static_cast<std::size_t>(walk.j() - 1)];
  const SubstitutionMatrix& matrix = *problem.matrix;
  walk.take_diagonal(matrix.is_match(q, t) ? CigarOp::equal : CigarOp::mismatch, 1, matrix.score(q, t));
}

void DiagonalRuns::take_singly(const Problem& problem, Traceback& walk, std::int64_t length) {
  for (; length > 0 && !walk.done(); --length) take_column(problem, walk);
}

bool DiagonalRuns::take_singly_to_begin(const Problem& problem, Traceback& walk) {
  const bool local = problem.boundary.local;
  const std::int64_t i = walk.i(), j = walk.j(), columns = std::min(i, j);
  const std::int64_t highest = std::max(problem.matrix->highest(), 0);
  std::int64_t left = walk.remaining() - (local ? 0 : score_at_begin(problem.boundary, i, j)), length = 0;
  for (; length < columns && !(local && left == 0); ++length) {
    if (left > highest * (columns - length)) return false;
    left -= problem.score(i - length, j - length);
  }
  if (left != 0) return false;
  take_singly(problem, walk, length);
  return true;
}

}  // namespace anneal::align::cpu

#include "align/cpu/diagonal_runs.h"

#include <algorithm>
#include <bit>

namespace anneal::align::cpu {
namespace {

constexpr std::int64_t word_bits = 64;

struct Run {
  CigarOp::Code code;
  std::int64_t length;
  int score;  // of each column
};

// Runs of the columns that were compared, last one first. A run may come in parts.
class ComparedRuns {
 public:
  ComparedRuns(const std::vector<std::uint64_t>& equal, std::int64_t columns, const SubstitutionMatrix& matrix)
      : word_(equal.data() + columns / word_bits), left_(columns % word_bits),
        scores_{matrix.score(0, 1), matrix.score(0, 0)} {
    if (left_ > 0) bits_ = *word_ << (word_bits - left_);
  }

  Run next() {
    if (left_ == 0) {
      bits_ = *--word_;
      left_ = word_bits;
    }
    const bool same = bits_ >> (word_bits - 1) != 0;
    const std::int64_t length = std::min<std::int64_t>(std::countl_zero(same ? ~bits_ : bits_), left_);
    left_ -= length;
    bits_ = left_ == 0 ? 0 : bits_ << length;
    return {same ? CigarOp::equal : CigarOp::mismatch, length, scores_[same ? 1 : 0]};
  }

 private:
  const std::uint64_t* word_;
  std::int64_t left_;  // columns of this word
  std::uint64_t bits_ = 0;
  int scores_[2];
};

// The columns before a cell, one by one.
class SingleColumns {
 public:
  SingleColumns(const Problem& problem, std::int64_t i, std::int64_t j)
      : query_(problem.query.data() + i), target_(problem.target.data() + j), matrix_(*problem.matrix) {}

  Run next() {
    const std::uint8_t q = *--query_, t = *--target_;
    return {matrix_.is_match(q, t) ? CigarOp::equal : CigarOp::mismatch, 1, matrix_.score(q, t)};
  }

 private:
  const std::uint8_t* query_;
  const std::uint8_t* target_;
  const SubstitutionMatrix& matrix_;
};

template <class Runs>
void take_from(Runs runs, const Boundary& boundary, Traceback& walk, std::int64_t columns) {
  while (columns > 0 && !walk.done()) {
    const Run run = runs.next();
    std::int64_t length = std::min(run.length, columns);
    // A local alignment may begin within a run.
    if (boundary.local && run.score > 0) length = std::min(length, walk.remaining() / run.score);
    walk.take_diagonal(run.code, length, run.score);
    columns -= length;
  }
}

template <class Runs>
bool take_to_begin_from(Runs runs, const Boundary& boundary, std::int64_t highest, Traceback& walk) {
  const std::int64_t i = walk.i(), j = walk.j();
  const std::int64_t at_begin = i > j ? boundary.first_column(i - j) : boundary.first_row(j - i);
  for (std::int64_t left = std::min(i, j); !walk.done();) {
    if (left == 0 || walk.remaining() > highest * left) return false;
    const Run run = runs.next();
    std::int64_t length = run.length;
    if (boundary.local && run.score > 0 && walk.remaining() < length * run.score) {
      if (walk.remaining() % run.score != 0) return false;
      length = walk.remaining() / run.score;
    }
    if (!boundary.local && length == left && walk.remaining() - length * run.score != at_begin) return false;
    walk.take_diagonal(run.code, length, run.score);
    left -= length;
  }
  return true;
}

}  // namespace

bool DiagonalRuns::compare(const Problem& problem, std::int64_t i, std::int64_t j, std::int64_t length) {
  if (!two_scores_) return false;
  const auto count = static_cast<std::size_t>(length);
  equal_.resize(count / word_bits + 1);
  return kernels_.equal_letters(problem.query.data() + (i - length), problem.target.data() + (j - length), count,
                                equal_.data());
}

void DiagonalRuns::take(const Problem& problem, Traceback& walk, std::int64_t length) {
  const std::int64_t i = walk.i(), j = walk.j();
  if (compare(problem, i, j, length)) {
    take_from(ComparedRuns(equal_, length, matrix_), problem.boundary, walk, length);
  } else {
    take_from(SingleColumns(problem, i, j), problem.boundary, walk, length);
  }
}

bool DiagonalRuns::take_to_begin(const Problem& problem, Traceback& walk) {
  const std::int64_t i = walk.i(), j = walk.j(), columns = std::min(i, j), highest = std::max(matrix_.highest(), 0);
  const Traceback::Mark mark = walk.mark();
  const bool taken = compare(problem, i, j, columns)
                         ? take_to_begin_from(ComparedRuns(equal_, columns, matrix_), problem.boundary, highest, walk)
                         : take_to_begin_from(SingleColumns(problem, i, j), problem.boundary, highest, walk);
  if (!taken) walk.return_to(mark);
  return taken;
}

}  // namespace anneal::align::cpu

#include "unit/align/reference_path.h"

#include <algorithm>

namespace anneal::test {
namespace {

constexpr std::int64_t unreachable = std::int64_t{-1} << 40;

}  // namespace

ReferencePath::ReferencePath(const align::Problem& problem)
    : problem_(problem), i_(problem.rows()), j_(problem.columns()) {
  fill();
  score_ = at(h, i_, j_);
  walk();
}

std::int64_t& ReferencePath::at(Matrix matrix, std::int64_t i, std::int64_t j) {
  return matrices_[matrix][static_cast<std::size_t>(i * (problem_.columns() + 1) + j)];
}

void ReferencePath::fill() {
  const auto cells = static_cast<std::size_t>((problem_.rows() + 1) * (problem_.columns() + 1));
  for (auto& matrix : matrices_) matrix.assign(cells, unreachable);
  for (std::int64_t i = 0; i <= problem_.rows(); ++i) {
    for (std::int64_t j = 0; j <= problem_.columns(); ++j) {
      if (problem_.band.contains(i, j)) fill_cell(i, j);
    }
  }
}

void ReferencePath::fill_cell(std::int64_t i, std::int64_t j) {
  const align::Boundary& boundary = problem_.boundary;
  if (i == 0 || j == 0) {
    const bool is_free = i == 0 ? boundary.target_begin_free : boundary.query_begin_free;
    at(h, i, j) = is_free || i + j == 0 ? 0 : -boundary.gap_open - (i + j) * boundary.gap_extend;
    return;
  }
  at(e, i, j) = std::max(at(h, i, j - 1) - boundary.gap_open, at(e, i, j - 1)) - boundary.gap_extend;
  at(f, i, j) = std::max(at(h, i - 1, j) - boundary.gap_open, at(f, i - 1, j)) - boundary.gap_extend;
  at(h, i, j) = std::max({at(h, i - 1, j - 1) + problem_.score(i, j), at(e, i, j), at(f, i, j)});
  if (boundary.local) at(h, i, j) = std::max<std::int64_t>(at(h, i, j), 0);
}

bool ReferencePath::begins_here() {
  const align::Boundary& boundary = problem_.boundary;
  if (boundary.local) return at(h, i_, j_) == 0;
  return (i_ == 0 && j_ == 0) || (i_ == 0 && boundary.target_begin_free) || (j_ == 0 && boundary.query_begin_free);
}

void ReferencePath::walk() {
  while (!begins_here()) {
    if (i_ > 0 && j_ > 0 && at(h, i_, j_) == at(h, i_ - 1, j_ - 1) + problem_.score(i_, j_)) {
      const auto q = problem_.query[static_cast<std::size_t>(i_ - 1)];
      const auto t = problem_.target[static_cast<std::size_t>(j_ - 1)];
      letters_ += problem_.matrix->is_match(q, t) ? '=' : 'X';
      --i_;
      --j_;
    } else if (i_ == 0 || j_ == 0) {
      letters_ += i_ == 0 ? 'D' : 'I';
      --(i_ == 0 ? j_ : i_);
    } else {
      walk_gap(at(h, i_, j_) == at(e, i_, j_) ? e : f);
    }
  }
}

void ReferencePath::walk_gap(Matrix gap) {
  const std::int64_t open_extend = problem_.boundary.gap_open + problem_.boundary.gap_extend;
  std::int64_t& position = gap == e ? j_ : i_;
  for (bool opens = false; !opens;) {
    const std::int64_t value = at(gap, i_, j_);
    letters_ += gap == e ? 'D' : 'I';
    --position;
    opens = value == at(h, i_, j_) - open_extend;
  }
}

std::string ReferencePath::cigar() const {
  if (letters_.empty()) return "*";
  std::string text;
  for (auto run = letters_.rbegin(); run != letters_.rend();) {
    const auto next = std::find_if(run, letters_.rend(), [&](char letter) { return letter != *run; });
    text += std::to_string(next - run) + *run;
    run = next;
  }
  return text;
}

}  // namespace anneal::test

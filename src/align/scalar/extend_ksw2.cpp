#include "align/scalar/extend_ksw2.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "align/antidiagonal_best.h"
#include "align/best_end.h"

namespace anneal::align::scalar {
namespace {

constexpr std::int32_t minus_infinity = BestEnd::minus_infinity;

// The scores of one antidiagonal, indexed by j = 0..columns.
struct Antidiagonal {
  explicit Antidiagonal(std::size_t size)
      : h(size, minus_infinity), e(size, minus_infinity), f(size, minus_infinity), e2(size, minus_infinity),
        f2(size, minus_infinity) {}

  std::vector<std::int32_t> h, e, f, e2, f2;
};

class Extender {
 public:
  Extender(const Problem& whole, int zdrop)
      : whole_(whole), zdrop_(zdrop), first_{whole.boundary.gap_open, whole.boundary.gap_extend},
        second_(whole.boundary.second_gap.value_or(first_)), drop_extend_(second_.extend),
        two_before_(at(whole.columns() + 1)), before_(two_before_), now_(two_before_) {
    result_.extension.global_score = Extension::not_reached;
  }

  ExtensionResult run() {
    fill(0);
    fill(1);
    for (std::int64_t sum = 2; sum <= whole_.rows() + whole_.columns(); ++sum) {
      fill(sum);
      if (is_empty(sum)) {
        result_.extension.dropped = sum == whole_.rows() + whole_.columns() || is_empty(sum + 1);
        if (result_.extension.dropped) break;
        continue;  // every second one in a band of width 0
      }
      offer_query_end(sum);
      if (drops(sum)) break;
    }
    result_.query_end = static_cast<std::int32_t>(best_i_);
    result_.target_end = static_cast<std::int32_t>(best_j_);
    return result_;
  }

 private:
  static std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

  // Cells i + j = sum with letters on both sides, inside the band.
  std::int64_t first_j(std::int64_t sum) const {
    const std::int64_t width = whole_.band.width;
    const std::int64_t in_band = width < 0 || sum - width <= 0 ? 1 : (sum - width + 1) / 2;
    return std::max({std::int64_t{1}, sum - whole_.rows(), in_band});
  }
  std::int64_t last_j(std::int64_t sum) const {
    const std::int64_t width = whole_.band.width;
    const std::int64_t in_band = width < 0 || width >= sum ? sum : (sum + width) / 2;
    return std::min({whole_.columns(), sum - 1, in_band});
  }

  bool is_empty(std::int64_t sum) const { return first_j(sum) > last_j(sum); }

  // Fills `now_`.
  void fill(std::int64_t sum) {
    std::swap(two_before_, before_);
    std::swap(before_, now_);
    clear(first_j(sum) - 1);
    clear(last_j(sum) + 1);
    if (sum <= whole_.columns() && whole_.band.contains(0, sum)) {
      now_.h[at(sum)] = static_cast<std::int32_t>(whole_.boundary.gap(sum));
    }
    if (sum <= whole_.rows() && whole_.band.contains(sum, 0)) {
      now_.h[0] = static_cast<std::int32_t>(whole_.boundary.gap(sum));
    }
    for (std::int64_t j = first_j(sum); j <= last_j(sum); ++j) fill_cell(sum - j, j);
  }

  // A neighbour of the antidiagonals to come, if it is one at all.
  void clear(std::int64_t j) {
    if (j < 0 || j > whole_.columns()) return;
    for (std::vector<std::int32_t>* scores : {&now_.h, &now_.e, &now_.f, &now_.e2, &now_.f2}) {
      (*scores)[at(j)] = minus_infinity;
    }
  }

  void fill_cell(std::int64_t i, std::int64_t j) {
    const std::size_t here = at(j), left = at(j - 1);
    const auto continued = [](std::int32_t h, std::int32_t gap, const GapCost& cost) {
      return std::max(h - cost.open, gap) - cost.extend;
    };
    now_.e[here] = continued(before_.h[left], before_.e[left], first_);
    now_.f[here] = continued(before_.h[here], before_.f[here], first_);
    now_.e2[here] = continued(before_.h[left], before_.e2[left], second_);
    now_.f2[here] = continued(before_.h[here], before_.f2[here], second_);
    now_.h[here] =
        std::max({two_before_.h[left] + whole_.score(i, j), now_.e[here], now_.f[here], now_.e2[here], now_.f2[here]});
  }

  void offer_query_end(std::int64_t sum) {
    const std::int64_t j = sum - whole_.rows();
    if (j < 1 || j != first_j(sum)) return;
    const std::int32_t h = now_.h[at(j)];
    if (h <= result_.extension.global_score) return;
    result_.extension.global_score = h;
    result_.extension.global_target_end = static_cast<std::int32_t>(j);
  }

  std::int64_t best_of(std::int64_t sum) const {
    const std::int64_t first = first_j(sum), last = last_j(sum);
    std::int64_t best = first;
    const auto is_better = [&](std::int64_t j) {
      if (now_.h[at(j)] != now_.h[at(best)]) return now_.h[at(j)] > now_.h[at(best)];
      return antidiagonal_rank(j, first, last) < antidiagonal_rank(best, first, last);
    };
    for (std::int64_t j = first + 1; j <= last; ++j) {
      if (is_better(j)) best = j;
    }
    return best;
  }

  // Records a new best cell, or tells whether the antidiagonal fell too far below the best.
  bool drops(std::int64_t sum) {
    const std::int64_t j = best_of(sum), i = sum - j;
    const std::int32_t h = now_.h[at(j)];
    if (h > result_.score) {
      result_.score = h;
      best_i_ = i;
      best_j_ = j;
      return false;
    }
    if (zdrop_ == 0 || i < best_i_ || j < best_j_) return false;
    const std::int64_t shift = std::abs((j - best_j_) - (i - best_i_));
    result_.extension.dropped = std::int64_t{result_.score} - h > zdrop_ + shift * drop_extend_;
    return result_.extension.dropped;
  }

  const Problem& whole_;
  int zdrop_;
  GapCost first_, second_;
  int drop_extend_;  // the second piece's, as ksw_extd2 has it
  Antidiagonal two_before_, before_, now_;
  std::int64_t best_i_ = 0;
  std::int64_t best_j_ = 0;
  ExtensionResult result_;
};

}  // namespace

ExtensionResult extend_ksw2(const Problem& whole, int zdrop) { return Extender(whole, zdrop).run(); }

}  // namespace anneal::align::scalar

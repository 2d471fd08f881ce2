#include "align/scalar/extend.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace anneal::align::scalar {
namespace {

// State of one extension: rows are target letters, columns query letters, as in the definition.
class Extender {
 public:
  Extender(Codes query, Codes target, std::int32_t h0, const AlignOptions& options)
      : query_(query), target_(target), h0_(h0), options_(options), columns_(static_cast<std::int64_t>(query.size())),
        band_(extension_band(columns_, options)), h_(query.size() + 1, 0), e_(query.size() + 1, 0), end_(columns_) {
    result_.score = h0;
    for (std::int64_t j = 0; j <= columns_; ++j) h_[at(j)] = seed_gap(j);
  }

  ExtensionResult run() {
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(target_.size()); ++i) {
      fill_row(i);
      offer_query_end(i);
      if (row_best_ == 0 || drops(i)) break;
      narrow();
    }
    result_.query_end = static_cast<std::int32_t>(best_j_ + 1);
    result_.target_end = static_cast<std::int32_t>(best_i_ + 1);
    result_.extension.global_target_end = static_cast<std::int32_t>(global_i_ + 1);
    return result_;
  }

 private:
  static std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

  // Score left after a gap of `length` next to the seed.
  std::int32_t seed_gap(std::int64_t length) const {
    if (length == 0) return h0_;
    return static_cast<std::int32_t>(std::max<std::int64_t>(h0_ - options_.gap_open - length * options_.gap_extend, 0));
  }

  // h_[j] is H(i-1,j-1) on entry and H(i,j-1) on leaving; e_[j] is E(i,j), then E(i+1,j).
  void fill_row(std::int64_t i) {
    begin_ = std::max(begin_, i - band_);
    end_ = std::min({end_, i + band_ + 1, columns_});
    std::int32_t left = begin_ == 0 ? seed_gap(i + 1) : 0;
    std::int32_t f = 0;
    row_best_ = 0;
    row_best_j_ = -1;
    const int open = options_.gap_open + options_.gap_extend;
    for (std::int64_t j = begin_; j < end_; ++j) {
      const std::int32_t corner = h_[at(j)];
      const std::int32_t e = e_[at(j)];
      h_[at(j)] = left;
      // A cell of score 0 does not extend, and gaps open from the diagonal score only: no gap follows a gap.
      const std::int32_t aligned = corner == 0 ? 0 : corner + options_.matrix.score(query_[at(j)], target_[at(i)]);
      left = std::max({aligned, e, f});
      if (left >= row_best_) {
        row_best_ = left;
        row_best_j_ = j;
      }
      const std::int32_t opened = std::max(aligned - open, 0);
      e_[at(j)] = std::max(e - options_.gap_extend, opened);
      f = std::max(f - options_.gap_extend, opened);
    }
    h_[at(end_)] = left;
    e_[at(end_)] = 0;
  }

  // The row's loop stopped at column max(begin, end): is that the end of the query?
  void offer_query_end(std::int64_t i) {
    if (std::max(begin_, end_) != columns_) return;
    const std::int32_t h = h_[at(end_)];
    if (h >= result_.extension.global_score) {
      global_i_ = i;
      result_.extension.global_score = h;
    }
  }

  // Records a new best row, or tells whether the row fell too far below the best.
  bool drops(std::int64_t i) {
    if (row_best_ > result_.score) {
      result_.score = row_best_;
      best_i_ = i;
      best_j_ = row_best_j_;
      const auto offset = static_cast<std::int32_t>(std::abs(row_best_j_ - i));
      result_.extension.max_off = std::max(result_.extension.max_off, offset);
      return false;
    }
    if (options_.zdrop == 0) return false;
    const std::int64_t shift = std::abs((i - best_i_) - (row_best_j_ - best_j_));
    return result_.score - row_best_ - shift * options_.gap_extend > options_.zdrop;
  }

  // Leaves out the zeros at both ends of the row.
  void narrow() {
    const auto is_zero = [this](std::int64_t j) { return h_[at(j)] == 0 && e_[at(j)] == 0; };
    while (begin_ < end_ && is_zero(begin_)) ++begin_;
    std::int64_t last = end_;
    while (last >= begin_ && is_zero(last)) --last;
    end_ = std::min(last + 2, columns_);
  }

  Codes query_;
  Codes target_;
  std::int32_t h0_;
  const AlignOptions& options_;
  std::int64_t columns_;
  std::int64_t band_;
  std::vector<std::int32_t> h_;
  std::vector<std::int32_t> e_;
  std::int64_t begin_ = 0;
  std::int64_t end_;
  std::int32_t row_best_ = 0;
  std::int64_t row_best_j_ = -1;
  std::int64_t best_i_ = -1;
  std::int64_t best_j_ = -1;
  std::int64_t global_i_ = -1;
  ExtensionResult result_;
};

}  // namespace

ExtensionResult extend(Codes query, Codes target, std::int32_t h0, const AlignOptions& options) {
  return Extender(query, target, h0, options).run();
}

}  // namespace anneal::align::scalar

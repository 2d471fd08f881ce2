#include "map/path.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

namespace anneal::map {
namespace {

// Calls visit(code, length, query position, target position) for each run.
template <typename Visit>
void walk(std::span<const CigarOp> path, const Visit& visit) {
  std::size_t i = 0, j = 0;
  for (const CigarOp op : path) {
    visit(op.code(), op.length(), i, j);
    if (op.code() != CigarOp::deletion) i += op.length();
    if (op.code() != CigarOp::insertion) j += op.length();
  }
}

// How many are equal at the begin; both are of the same length.
std::uint32_t equal_letters(std::string_view query, std::string_view target) {
  std::uint32_t count = 0;
  while (count < query.size() && is_equal(query[count], target[count])) ++count;
  return count;
}

CigarOp::Code column_or_gap(CigarOp::Code code) {
  return code == CigarOp::insertion || code == CigarOp::deletion ? code : CigarOp::match;
}

// By how many letters a gap of `length` that ends at `end` of its sequence can move to the left.
std::uint32_t free_shift(std::string_view letters, std::size_t end, std::uint32_t length, std::uint32_t most) {
  std::uint32_t shift = 0;
  while (shift < most && letters[end - 1 - shift] == letters[end - 1 - shift - length]) ++shift;
  return shift;
}

void shift_gaps(Path& path, std::string_view query, std::string_view target) {
  std::size_t i = 0, j = 0;
  for (std::size_t k = 0; k < path.size(); ++k) {
    const auto code = path[k].code();
    const std::uint32_t length = path[k].length();
    const bool is_insertion = code == CigarOp::insertion;
    if (code != CigarOp::match && k > 0 && k + 1 < path.size() && path[k - 1].code() == CigarOp::match &&
        path[k + 1].code() == CigarOp::match) {
      const std::uint32_t before = path[k - 1].length();
      const std::uint32_t shift =
          is_insertion ? free_shift(query, i + length, length, before) : free_shift(target, j + length, length, before);
      path[k - 1] = {CigarOp::match, before - shift};
      path[k + 1] = {CigarOp::match, path[k + 1].length() + shift};
      i -= shift;
      j -= shift;
    }
    if (code != CigarOp::deletion) i += length;
    if (!is_insertion) j += length;
  }
}

// Gaps that touch become one insertion and one deletion.
Path joined(const Path& path) {
  Path whole;
  std::uint32_t inserted = 0, deleted = 0;
  const auto flush = [&] {
    append_run(whole, CigarOp::insertion, std::exchange(inserted, 0));
    append_run(whole, CigarOp::deletion, std::exchange(deleted, 0));
  };
  for (const CigarOp op : path) {
    if (op.length() == 0) continue;
    if (op.code() == CigarOp::match) {
      flush();
      append_run(whole, CigarOp::match, op.length());
    } else {
      (op.code() == CigarOp::insertion ? inserted : deleted) += op.length();
    }
  }
  flush();
  return whole;
}

std::int32_t gap_cost(const GapCost& cost, std::uint32_t length) {
  return cost.open + cost.extend * static_cast<std::int32_t>(length);
}

class Counter {
 public:
  Counter(std::string_view query, std::string_view target, const MapScoring& scoring, bool has_long_gaps)
      : query_(query), target_(target), scoring_(scoring), has_long_gaps_(has_long_gaps) {}

  void operator()(CigarOp::Code code, std::uint32_t length, std::size_t i, std::size_t j) {
    if (code == CigarOp::equal) return take_equal(length);
    if (code == CigarOp::match || code == CigarOp::mismatch) return take_columns(length, i, j);
    take_gap(code == CigarOp::insertion ? query_.substr(i, length) : target_.substr(j, length));
  }

  PathCounts result() {
    counts_.best_segment = static_cast<std::int32_t>(best_ + 0.499);
    return counts_;
  }

 private:
  void take_score(std::int32_t score) {
    counts_.score += score;
    now_ = std::max(now_ + score, 0.0);
    best_ = std::max(best_, now_);
  }

  void take_equal(std::uint32_t length) {
    const auto columns = static_cast<std::int32_t>(length);
    take_score(columns * scoring_.match);
    counts_.columns += columns;
    counts_.matches += columns;
  }

  void take_columns(std::uint32_t length, std::size_t i, std::size_t j) {
    for (std::uint32_t k = 0; k < length; ++k) {
      const char q = query_[i + k], t = target_[j + k];
      take_score(column_score(q, t, scoring_));
      count(q == code_of_n || t == code_of_n);
      counts_.matches += is_equal(q, t);
    }
  }

  void take_gap(std::string_view letters) {
    const auto length = static_cast<std::uint32_t>(letters.size());
    counts_.score -= std::min(gap_cost(scoring_.gap, length), gap_cost(scoring_.second_gap, length));
    const double extension = has_long_gaps_ ? std::log2(1.0 + length) : 1.0;
    now_ = std::max(now_ - (scoring_.gap.open + scoring_.gap.extend * extension), 0.0);
    for (const char letter : letters) count(letter == code_of_n);
  }

  void count(bool is_ambiguous) { ++(is_ambiguous ? counts_.ambiguous : counts_.columns); }

  std::string_view query_, target_;
  const MapScoring& scoring_;
  bool has_long_gaps_;
  PathCounts counts_;
  double now_ = 0, best_ = 0;
};

// The fall of the score since its best, along a path.
class DropWatch {
 public:
  explicit DropWatch(std::int32_t extend) : extend_(extend) {}

  void pass(std::int64_t score, std::int64_t i, std::int64_t j) {
    if (!has_best_ || score >= best_) {
      has_best_ = true;
      best_ = score;
      best_i_ = i;
      best_j_ = j;
      return;
    }
    const std::int64_t shift = std::abs((i - best_i_) - (j - best_j_)), amount = best_ - score - shift * extend_;
    if (amount <= largest_.amount) return;
    const auto narrow = [](std::int64_t value) { return static_cast<std::int32_t>(value); };
    largest_ = {.amount = narrow(amount),
                .query_begin = narrow(best_i_),
                .query_end = narrow(i),
                .target_begin = narrow(best_j_),
                .target_end = narrow(j)};
  }

  const Drop& largest() const { return largest_; }

 private:
  std::int32_t extend_;
  bool has_best_ = false;
  std::int64_t best_ = 0, best_i_ = 0, best_j_ = 0;
  Drop largest_;
};

}  // namespace

void append_run(Path& path, CigarOp::Code code, std::uint32_t length) {
  constexpr std::size_t usual_runs = 16;
  if (length == 0) return;
  if (path.capacity() == 0) path.reserve(usual_runs);
  if (!path.empty() && path.back().code() == code) {
    path.back() = {code, path.back().length() + length};
  } else {
    path.emplace_back(code, length);
  }
}

void append_cigar(Path& path, std::span<const CigarOp> cigar) {
  for (const CigarOp op : cigar) append_run(path, column_or_gap(op.code()), op.length());
}

void append_reversed_cigar(Path& path, std::span<const CigarOp> cigar) {
  for (std::size_t k = cigar.size(); k-- > 0;) append_run(path, column_or_gap(cigar[k].code()), cigar[k].length());
}

void normalize(Path& path, std::string_view query, std::string_view target) {
  if (path.size() == 1) return;
  shift_gaps(path, query, target);
  path = joined(path);
}

CigarOp take_leading_gap(Path& path) {
  if (path.empty() || path.front().code() == CigarOp::match) return {CigarOp::match, 0};
  const CigarOp gap = path.front();
  path.erase(path.begin());
  return gap;
}

std::vector<CigarOp> with_equality(const Path& path, std::string_view query, std::string_view target) {
  std::vector<CigarOp> cigar;
  walk(path, [&](CigarOp::Code code, std::uint32_t length, std::size_t i, std::size_t j) {
    if (code != CigarOp::match) return append_run(cigar, code, length);
    for (std::uint32_t k = 0; k < length;) {
      const std::uint32_t equal = equal_letters(query.substr(i + k, length - k), target.substr(j + k, length - k));
      append_run(cigar, CigarOp::equal, equal);
      k += equal;
      if (k == length) return;
      append_run(cigar, CigarOp::mismatch, 1);
      ++k;
    }
  });
  return cigar;
}

PathCounts count_path(std::span<const CigarOp> path, std::string_view query, std::string_view target,
                      const MapScoring& scoring, bool has_long_gaps) {
  Counter counter(query, target, scoring, has_long_gaps);
  walk(path, [&counter](auto... run) { counter(run...); });
  return counter.result();
}

Drop largest_drop(const Path& path, std::string_view query, std::string_view target, const MapScoring& scoring) {
  DropWatch watch(scoring.gap.extend);
  std::int64_t score = 0;
  walk(path, [&](CigarOp::Code code, std::uint32_t length, std::size_t i, std::size_t j) {
    const auto row = static_cast<std::int64_t>(i), column = static_cast<std::int64_t>(j);
    if (code != CigarOp::match) {
      score -= gap_cost(scoring.gap, length);
      const bool is_insertion = code == CigarOp::insertion;
      return watch.pass(score, row + (is_insertion ? length : 0), column + (is_insertion ? 0 : length));
    }
    for (std::uint32_t k = 0; k < length; ++k) {
      score += column_score(query[i + k], target[j + k], scoring);
      watch.pass(score, row + k, column + k);
    }
  });
  return watch.largest();
}

}  // namespace anneal::map

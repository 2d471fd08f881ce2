#include "align/cpu/ksw2_progress.h"

#include <algorithm>
#include <cstdlib>

#include "align/antidiagonal_best.h"

namespace anneal::align::cpu {

Ksw2Progress::Ksw2Progress(const Problem& whole, int zdrop, int bits, std::size_t lanes, ScratchBytes& memory)
    : whole_(whole), zdrop_(zdrop),
      drop_extend_(whole.boundary.second_gap ? whole.boundary.second_gap->extend : whole.boundary.gap_extend),
      bits_(bits) {
  const std::size_t elements = static_cast<std::size_t>(whole.rows()) + 2 * lanes + 2;
  array_bytes_ = (elements * static_cast<std::size_t>(bits / 8) + 63) / 64 * 64;
  memory_ = memory.reserve(3 * array_bytes_);
  std::fill_n(memory_, 3 * array_bytes_, std::uint8_t{0});
  result_.extension.global_score = Extension::not_reached;
}

std::int32_t Ksw2Progress::h(int index, std::int64_t row) const {
  return bits_ == 16 ? reinterpret_cast<const std::int16_t*>(array(index))[row]
                     : reinterpret_cast<const std::int32_t*>(array(index))[row];
}

bool Ksw2Progress::take(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest) {
  set_edge(diagonal, range);
  if (range.count() == 0) {
    rotate();
    if (diagonal < 2) return true;
    // In a band of width 0, every second one is empty.
    const std::int64_t last = whole_.rows() + whole_.columns();
    result_.extension.dropped =
        diagonal == last ||
        diagonal_range(diagonal + 1, whole_.rows(), whole_.columns(), whole_.band).count() == 0;
    return !result_.extension.dropped;
  }
  cells_ += static_cast<std::uint64_t>(range.count());
  if (range.last_row == whole_.rows()) offer_query_end(diagonal, h(next_, range.last_row));
  if (highest > result_.score) {
    result_.score = highest;
    best_array_ = next_;
    best_diagonal_ = diagonal;
    best_range_ = range;
  } else if (zdrop_ != 0 && std::int64_t{result_.score} - highest > zdrop_ && drops(diagonal, range, highest)) {
    result_.extension.dropped = true;
    return false;
  }
  rotate();
  return true;
}

// What the row below reads on the next antidiagonal but one.
void Ksw2Progress::set_edge(std::int64_t diagonal, const DiagonalRange& range) {
  const std::int64_t below = range.last_row + 1;
  const bool in_first_column = below == diagonal && whole_.band.contains(diagonal, 0);
  const auto score = in_first_column ? static_cast<std::int32_t>(whole_.boundary.gap(diagonal))
                                     : h(before_, range.last_row);
  if (bits_ == 16) {
    next<std::int16_t>()[below] = static_cast<std::int16_t>(score);
  } else {
    next<std::int32_t>()[below] = score;
  }
}

void Ksw2Progress::rotate() {
  before_ = next_;
  next_ = 0;
  while (next_ == before_ || next_ == best_array_) ++next_;
}

void Ksw2Progress::offer_query_end(std::int64_t diagonal, std::int32_t score) {
  if (score <= result_.extension.global_score) return;
  result_.extension.global_score = score;
  result_.extension.global_target_end = static_cast<std::int32_t>(diagonal - whole_.rows());
}

bool Ksw2Progress::drops(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest) {
  settle_best();
  const Place now = place_of(next_, diagonal, range, highest);
  if (now.i < best_.i || now.j < best_.j) return false;
  const std::int64_t shift = std::abs((now.j - best_.j) - (now.i - best_.i));
  return std::int64_t{result_.score} - highest > zdrop_ + shift * drop_extend_;
}

Ksw2Progress::Place Ksw2Progress::place_of(int index, std::int64_t diagonal, const DiagonalRange& range,
                                           std::int32_t score) const {
  const std::int64_t first = diagonal - range.last_row, last = diagonal - range.first_row;
  std::int64_t best = -1;
  for (std::int64_t i = range.first_row; i <= range.last_row; ++i) {
    if (h(index, i) != score) continue;
    const std::int64_t j = diagonal - i;
    if (best < 0 || antidiagonal_rank(j, first, last) < antidiagonal_rank(best, first, last)) best = j;
  }
  return {diagonal - best, best};
}

void Ksw2Progress::settle_best() {
  if (best_array_ == none) return;
  best_ = place_of(best_array_, best_diagonal_, best_range_, result_.score);
  best_array_ = none;
}

scalar::ExtensionResult Ksw2Progress::result() {
  settle_best();
  result_.query_end = static_cast<std::int32_t>(best_.i);
  result_.target_end = static_cast<std::int32_t>(best_.j);
  return result_;
}

}  // namespace anneal::align::cpu

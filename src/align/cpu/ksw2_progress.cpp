#include "align/cpu/ksw2_progress.h"

#include <algorithm>
#include <cstdlib>

#include "align/antidiagonal_best.h"

namespace anneal::align::cpu {

Ksw2Progress::Ksw2Progress(const Problem& whole, int zdrop, int bits, std::size_t lanes, ScratchBytes& memory)
    : whole_(whole), zdrop_(zdrop),
      drop_extend_(whole.boundary.second_gap ? whole.boundary.second_gap->extend : whole.boundary.gap_extend),
      bits_(bits) {
  const std::size_t elements = static_cast<std::size_t>(whole.rows()) + 1 + lanes;
  array_bytes_ = (elements * static_cast<std::size_t>(bits / 8) + 127) / 128 * 128;
  memory_ = memory.reserve(static_cast<std::size_t>(arrays) * array_bytes_);
  result_.extension.global_score = Extension::not_reached;
}

bool Ksw2Progress::take_unusual(std::int64_t diagonal, const DiagonalRange& range, std::int32_t highest) {
  if (range.count() == 0) return take_empty(diagonal);
  result_.extension.dropped = drops(diagonal, highest);
  if (result_.extension.dropped) return false;
  rotate();
  return true;
}

// In a band of width 0, every second one is empty.
bool Ksw2Progress::take_empty(std::int64_t diagonal) {
  rotate();
  if (diagonal < 2) return true;
  const std::int64_t rows = whole_.rows(), columns = whole_.columns();
  result_.extension.dropped =
      diagonal == rows + columns || diagonal_range(diagonal + 1, rows, columns, whole_.band).count() == 0;
  return !result_.extension.dropped;
}

bool Ksw2Progress::drops(std::int64_t diagonal, std::int32_t highest) {
  settle_best();
  const Place now = place_of(next_, diagonal, highest);
  if (now.i < best_.i || now.j < best_.j) return false;
  const std::int64_t shift = std::abs((now.j - best_.j) - (now.i - best_.i));
  return std::int64_t{result_.score} - highest > zdrop_ + shift * drop_extend_;
}

Ksw2Progress::Place Ksw2Progress::place_of(int index, std::int64_t diagonal, std::int32_t score) const {
  const DiagonalRange range = diagonal_range(diagonal, whole_.rows(), whole_.columns(), whole_.band);
  const std::int64_t first = diagonal - range.last_row, last = diagonal - range.first_row;
  std::int64_t best = -1;
  for (std::int64_t i = range.first_row; i <= range.last_row; ++i) {
    const std::int32_t h = bits_ == 16 ? array<std::int16_t>(index)[i] : array<std::int32_t>(index)[i];
    if (h != score) continue;
    const std::int64_t j = diagonal - i;
    if (best < 0 || antidiagonal_rank(j, first, last) < antidiagonal_rank(best, first, last)) best = j;
  }
  return {diagonal - best, best};
}

void Ksw2Progress::settle_best() {
  if (best_array_ == none) return;
  best_ = place_of(best_array_, best_diagonal_, result_.score);
  best_array_ = none;
}

scalar::ExtensionResult Ksw2Progress::result() {
  settle_best();
  result_.query_end = static_cast<std::int32_t>(best_.i);
  result_.target_end = static_cast<std::int32_t>(best_.j);
  return result_;
}

}  // namespace anneal::align::cpu

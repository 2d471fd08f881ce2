#include "search/cuda/long_targets.h"

#include <algorithm>

#include "search/cuda/database.h"

namespace anneal::search::cuda {
namespace {

std::uint32_t fours_of(const Item& item) { return static_cast<std::uint32_t>((item.letters + 3) / 4); }

// Pieces begin `step` letters apart, a multiple of 4; an alignment is in the one that its first letter belongs to.
void cut(const Item& item, std::int64_t step, std::int64_t span, std::vector<Item>& pieces) {
  for (std::int64_t first = 0; first < item.letters; first += step) {
    const std::int64_t letters = std::min<std::int64_t>(step + span, item.letters - first);
    pieces.push_back(
        {item.word + static_cast<std::uint32_t>(first / 4), static_cast<std::int32_t>(letters), item.target, 0});
    if (first + letters == item.letters) return;
  }
}

}  // namespace

void place_longest_first(std::vector<Item>& items) {
  std::ranges::stable_sort(items, std::greater(), &Item::letters);
  std::uint32_t border = border_gap;
  for (Item& item : items) {
    item.border = border;
    border += fours_of(item) + border_gap;
  }
}

LongTargets find_long_targets(std::span<const Item> items, std::int64_t long_letters, std::int64_t span) {
  LongTargets found;
  // Pieces are not to compute much more than the targets; what is relayed hardly minds.
  const bool can_cut = span <= std::int64_t{1} << 30;
  const bool are_short = can_cut && 3 * span + 4 <= long_letters;
  const std::int64_t step = are_short ? (long_letters - span) / 4 * 4 : (std::max(long_letters, 6 * span) + 3) / 4 * 4;
  std::vector<Item>& list = are_short ? found.pieces : found.relayed;
  for (const Item& item : items) {
    if (item.letters <= long_letters) break;
    ++found.first_other;
    if (can_cut) {
      cut(item, step, span, list);
    } else {
      list.push_back(item);
    }
  }
  place_longest_first(found.pieces);
  place_longest_first(found.relayed);
  return found;
}

std::uint64_t border_fours(std::span<const Item> items) {
  if (items.empty()) return 0;
  const Item& last = items.back();
  return std::uint64_t{last.border} + fours_of(last) + border_gap - (items.front().border - border_gap);
}

}  // namespace anneal::search::cuda

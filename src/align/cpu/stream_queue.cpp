#include "align/cpu/stream_queue.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/stable_order.h"

namespace anneal::align::cpu {
namespace {

// Lowest for what comes first.
std::uint64_t key_of(bool is_last, std::int32_t blocks, std::int32_t columns) {
  constexpr std::uint32_t most = std::numeric_limits<std::int32_t>::max();
  const std::uint64_t shape =
      (std::uint64_t{most - static_cast<std::uint32_t>(blocks)} << 31) | (most - static_cast<std::uint32_t>(columns));
  return (is_last ? std::uint64_t{1} << 62 : 0) | shape;
}

}  // namespace

StreamQueue::StreamQueue(std::span<const Item> items, std::int32_t height, std::int32_t block) : state_(items.size()) {
  for (std::size_t item = 0; item < items.size(); ++item) {
    const std::int32_t rows = items[item].rows;
    for (std::int32_t row = 0; row < rows; row += height) {
      const std::int32_t left = rows - row;
      parts_.push_back({item, row, std::min(left, height), left <= height});
    }
  }
  std::vector<std::uint64_t> keys;
  keys.reserve(parts_.size());
  for (const StreamPart& part : parts_) {
    const std::int32_t rows = part.is_last ? part.rows : height;
    keys.push_back(key_of(part.is_last, (rows + block - 1) / block, items[part.item].columns));
  }
  std::vector<StreamPart> sorted;
  sorted.reserve(parts_.size());
  for (const std::size_t part : base::stable_order(keys)) sorted.push_back(parts_[part]);
  parts_ = std::move(sorted);
}

std::optional<StreamPart> StreamQueue::take(std::int64_t time) {
  constexpr std::size_t few = 64;
  skip_dropped();
  const std::size_t last = std::min(parts_.size(), next_ + few);
  for (std::size_t n = next_; n < last; ++n) {
    State& state = state_[parts_[n].item];
    if (state.dropped || state.rows_taken != parts_[n].first_row) continue;
    if (parts_[n].first_row > 0 && state.last_start >= time) continue;
    const StreamPart part = parts_[n];
    std::rotate(parts_.begin() + static_cast<std::ptrdiff_t>(next_), parts_.begin() + static_cast<std::ptrdiff_t>(n),
                parts_.begin() + static_cast<std::ptrdiff_t>(n) + 1);
    ++next_;
    state.rows_taken += part.rows;
    state.last_start = time;
    skip_dropped();
    return part;
  }
  return {};
}

void StreamQueue::skip_dropped() {
  while (next_ < parts_.size() && state_[parts_[next_].item].dropped) ++next_;
}

}  // namespace anneal::align::cpu

#include "align/cpu/stream_queue.h"

#include <algorithm>
#include <tuple>

namespace anneal::align::cpu {

StreamQueue::StreamQueue(std::span<const Item> items, std::int32_t height, std::int32_t block) : state_(items.size()) {
  for (std::size_t item = 0; item < items.size(); ++item) {
    const std::int32_t rows = items[item].rows;
    for (std::int32_t row = 0; row < rows; row += height) {
      const std::int32_t left = rows - row;
      parts_.push_back({item, row, std::min(left, height), left <= height});
    }
  }
  const auto key = [&](const StreamPart& part) {
    const std::int32_t blocks = part.is_last ? (part.rows + block - 1) / block : (height + block - 1) / block;
    return std::tuple(part.is_last, -blocks, -items[part.item].columns, part.item, part.first_row);
  };
  std::ranges::sort(parts_, {}, key);
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

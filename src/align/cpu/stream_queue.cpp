#include "align/cpu/stream_queue.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "align/radix_sort.h"

namespace anneal::align::cpu {

StreamQueue::StreamQueue(std::span<const Item> items, std::int32_t height, std::int32_t block) : state_(items.size()) {
  for (std::size_t item = 0; item < items.size(); ++item) {
    const std::int32_t rows = items[item].rows;
    for (std::int32_t row = 0; row < rows; row += height) {
      const std::int32_t left = rows - row;
      parts_.push_back({item, row, std::min(left, height), left <= height});
    }
  }
  sort_parts(items, height, block);
}

// Keys with the part's number below: what counts less comes first. Comparisons of so many could not be predicted.
void StreamQueue::sort_parts(std::span<const Item> items, std::int32_t height, std::int32_t block) {
  constexpr std::uint32_t most = std::numeric_limits<std::int32_t>::max();
  constexpr std::uint64_t number_bits = std::numeric_limits<std::uint32_t>::max();
  const auto falling = [](std::int32_t size) { return std::uint64_t{most - static_cast<std::uint32_t>(size)} << 32; };
  std::vector<std::uint64_t> keys(parts_.size());
  for (std::size_t n = 0; n < keys.size(); ++n) keys[n] = falling(items[parts_[n].item].columns) | n;
  RadixSort radix;
  radix.sort(keys, ~number_bits);
  for (std::uint64_t& key : keys) {
    const StreamPart& part = parts_[key & number_bits];
    const std::int32_t blocks = ((part.is_last ? part.rows : height) + block - 1) / block;
    key = (part.is_last ? std::uint64_t{1} << 63 : 0) | falling(blocks) | (key & number_bits);
  }
  radix.sort(keys, ~number_bits);
  std::vector<StreamPart> sorted;
  sorted.reserve(keys.size());
  for (const std::uint64_t key : keys) sorted.push_back(parts_[key & number_bits]);
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

#include "align/gpu/chunk_pairs.h"

#include <algorithm>

#include "align/cpu/pack.h"
#include "align/gpu/chunk_cuts.h"
#include "align/radix_sort.h"

namespace anneal::align::gpu {

ChunkPairs::ChunkPairs(Run& run, std::size_t first, std::size_t last) : run_(run), first_(first), size_(last - first) {
  run_.clear(first, last);
  for (const Side side : {Side::query, Side::target}) measure(side);
  for (std::size_t pair = 0; pair < size_; ++pair) has_centres_ |= run_.batch().band_centre(first_ + pair) != 0;
  sort();
}

void ChunkPairs::measure(Side side) {
  SideOfPairs& pairs = sides_[index_of(side)];
  pairs.texts = run_.batch().sequences(side, first_, first_ + size_);
  pairs.lengths.resize(size_);
  pairs.starts.resize(size_);
  const std::span<const std::string_view> texts = pairs.texts;
  std::size_t start = 4 * words_, next = start;
  std::size_t shortest = texts[0].size();
  for (std::size_t n = 0; n < texts.size(); ++n) {
    const std::size_t length = texts[n].size();
    if (n == 0 || !cpu::are_one(texts[n], texts[n - 1])) {
      start = next;
      next += 4 * words_of(length);
    }
    pairs.starts[n] = static_cast<std::int64_t>(start);
    pairs.lengths[n] = static_cast<std::int32_t>(length);
    shortest = std::min(shortest, length);
  }
  words_ = next / 4;
  has_empty_sequences_ |= shortest == 0;
  if (texts.size() < size_) {
    std::ranges::fill(pairs.lengths, pairs.lengths[0]);
    std::ranges::fill(pairs.starts, pairs.starts[0]);
  }
}

// Longer sequences count as of the longest length that a key holds.
void ChunkPairs::sort() {
  constexpr int length_bits = 24, pair_bits = 16;
  constexpr std::uint64_t longest = (1u << length_bits) - 1;
  static_assert(ChunkSizes::most_pairs <= std::size_t{1} << pair_bits);
  const auto shortness = [&](std::int32_t length) { return longest - std::min<std::uint64_t>(length, longest); };
  std::vector<std::uint64_t> keys(size_);
  for (std::size_t pair = 0; pair < size_; ++pair) {
    keys[pair] = (shortness(target_length(pair)) << length_bits | shortness(query_length(pair))) << pair_bits | pair;
  }
  RadixSort().sort(keys, ~std::uint64_t{0} << pair_bits);
  by_length_.resize(size_);
  std::ranges::transform(keys, by_length_.begin(),
                         [](std::uint64_t key) { return static_cast<std::int32_t>(key & ((1u << pair_bits) - 1)); });
}

}  // namespace anneal::align::gpu

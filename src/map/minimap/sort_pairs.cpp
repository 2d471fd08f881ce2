#include "map/minimap/sort_pairs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "align/radix_sort.h"

namespace anneal::map {
namespace {

constexpr std::size_t few = 64;     // what is the same keeps its order among so many
constexpr std::size_t fewest = 16;  // to merge more is faster than to insert each
constexpr int digit_bits = 8;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

std::size_t digit_of(const mm128_t& pair, int shift) { return pair.x >> shift & (digits - 1); }

void insert_each(std::span<mm128_t> pairs) {
  for (std::size_t last = 1; last < pairs.size(); ++last) {
    if (pairs[last].x >= pairs[last - 1].x) continue;
    const mm128_t pair = pairs[last];
    std::size_t place = last;
    for (; place > 0 && pair.x < pairs[place - 1].x; --place) pairs[place] = pairs[place - 1];
    pairs[place] = pair;
  }
}

// The first ascending or descending run as an ascending one. Returns its size.
std::size_t take_run(std::span<mm128_t> pairs) {
  std::size_t end = 1;
  if (pairs.size() > 1 && pairs[1].x < pairs[0].x) {
    while (end < pairs.size() && pairs[end].x < pairs[end - 1].x) ++end;
    std::reverse(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(end));
  } else {
    while (end < pairs.size() && pairs[end].x >= pairs[end - 1].x) ++end;
  }
  return end;
}

// Anchors of a read's place, and a few of others, are few runs.
void merge_runs(std::span<mm128_t> pairs) {
  std::array<std::size_t, few + 1> begins;
  std::size_t runs = 0;
  for (std::size_t begin = 0; begin < pairs.size(); begin += take_run(pairs.subspan(begin))) begins[runs++] = begin;
  std::array<mm128_t, few> memory;
  std::span<mm128_t> from = pairs, to = std::span(memory).first(pairs.size());
  for (; runs > 1; runs = (runs + 1) / 2, std::swap(from, to)) {
    begins[runs] = pairs.size();
    auto next = to.begin();
    for (std::size_t run = 0; run < runs; run += 2) {
      const std::size_t begin = begins[run], middle = begins[run + 1], end = begins[std::min(run + 2, runs)];
      next = std::ranges::merge(from.subspan(begin, middle - begin), from.subspan(middle, end - middle), next, {},
                                &mm128_t::x, &mm128_t::x)
                 .out;
      begins[run / 2] = begin;
    }
  }
  if (from.data() != pairs.data()) std::ranges::copy(from, pairs.begin());
}

// Each pair into the part of its digit, in cycles of exchanges (McIlroy, Bostic, McIlroy 1993: American flag sort).
// Returns where the parts end.
std::array<std::uint32_t, digits> exchange(std::span<mm128_t> pairs, int shift) {
  std::array<std::uint32_t, digits> next{}, ends{};
  for (const mm128_t& pair : pairs) ++ends[digit_of(pair, shift)];
  for (std::size_t digit = 1; digit < digits; ++digit) {
    next[digit] = ends[digit - 1];
    ends[digit] += ends[digit - 1];
  }
  for (std::size_t digit = 0; digit < digits; ++digit) {
    while (next[digit] != ends[digit]) {
      mm128_t pair = pairs[next[digit]];
      for (std::size_t home = digit_of(pair, shift); home != digit; home = digit_of(pair, shift)) {
        std::swap(pair, pairs[next[home]++]);
      }
      pairs[next[digit]++] = pair;
    }
  }
  return ends;
}

std::uint64_t differing_bits(std::span<const mm128_t> pairs) {
  std::uint64_t differ = 0;
  for (const mm128_t& pair : pairs) differ |= pair.x ^ pairs[0].x;
  return differ;
}

void sort_by_digits(std::span<mm128_t> pairs) {
  if (pairs.size() <= fewest) return insert_each(pairs);
  if (pairs.size() <= few) return merge_runs(pairs);
  const std::uint64_t differ = differing_bits(pairs);
  if (differ == 0) return;
  const int shift = (63 - std::countl_zero(differ)) / digit_bits * digit_bits;
  std::uint32_t begin = 0;
  for (const std::uint32_t end : exchange(pairs, shift)) {
    if (end - begin > 1 && shift > 0) sort_by_digits(pairs.subspan(begin, end - begin));
    begin = end;
  }
}

struct Number {
  std::uint64_t operator()(const mm128_t& pair) const { return pair.x; }
};

// Anchors' places, which are seldom the same: then any order is minimap2's. Returns whether it was so.
bool sort_places(std::span<mm128_t> pairs) {
  constexpr int least_bits = 20;
  if (pairs.size() <= few || std::bit_width(differing_bits(pairs)) < least_bits) return false;
  std::vector<mm128_t> sorted(pairs.begin(), pairs.end());
  align::RadixSort<mm128_t, Number>().sort(sorted, ~std::uint64_t{0});
  if (std::ranges::adjacent_find(sorted, {}, &mm128_t::x) != sorted.end()) return false;
  std::ranges::copy(sorted, pairs.begin());
  return true;
}

}  // namespace

void sort_pairs(std::span<mm128_t> pairs) {
  if (std::ranges::is_sorted(pairs, {}, &mm128_t::x)) return;
  const bool descends = std::ranges::adjacent_find(pairs, std::ranges::less_equal(), &mm128_t::x) == pairs.end();
  if (descends) {
    std::ranges::reverse(pairs);
  } else if (!sort_places(pairs)) {
    sort_by_digits(pairs);
  }
}

}  // namespace anneal::map

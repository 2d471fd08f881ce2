// Sorts by numbers that differ in few of their bits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace anneal::align {

/// Items of a list may be sorted by some bits of their numbers in one call and by others, part by part, in the next
/// ones. `Number{}(item)` is the 64-bit number of an item.
template <typename Item = std::uint64_t, class Number = std::identity>
class RadixSort {
 public:
  /// Sorts by the bits of `mask`; items that have the same ones keep their order.
  void sort(std::span<Item> items, std::uint64_t mask) {
    if (items.size() < few) return sort_few(items, mask);
    std::uint64_t differ = 0;
    for (const Item& item : items) differ |= number(item) ^ number(items[0]);
    if (other_.size() < items.size()) other_.resize(items.size());
    std::span<Item> from = items, to = std::span(other_).first(items.size());
    for (differ &= mask; differ != 0;) {
      const int shift = std::countr_zero(differ);
      distribute(from, to, shift, mask >> shift & (digits - 1));
      std::swap(from, to);
      differ &= ~((digits - 1) << shift);
    }
    if (from.data() != items.data()) std::ranges::copy(from, items.begin());
  }

 private:
  static constexpr std::size_t few = 32;  // are sorted faster by comparing them
  static constexpr std::uint64_t digits = 256;

  static std::uint64_t number(const Item& item) { return Number{}(item); }

  static void sort_few(std::span<Item> items, std::uint64_t mask) {
    for (std::size_t last = 1; last < items.size(); ++last) {
      const Item item = items[last];
      const std::uint64_t masked = number(item) & mask;
      std::size_t place = last;
      for (; place > 0 && (number(items[place - 1]) & mask) > masked; --place) items[place] = items[place - 1];
      items[place] = item;
    }
  }

  static void distribute(std::span<const Item> from, std::span<Item> to, int shift, std::uint64_t mask) {
    std::array<std::uint32_t, digits> places{};
    for (const Item& item : from) ++places[number(item) >> shift & mask];
    std::uint32_t before = 0;
    for (std::uint32_t& place : places) before += std::exchange(place, before);
    for (const Item& item : from) to[places[number(item) >> shift & mask]++] = item;
  }

  std::vector<Item> other_;
};

}  // namespace anneal::align

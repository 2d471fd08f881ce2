// Sorts numbers that differ in few of their bits.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace anneal::align {

/// Numbers of a list may be sorted by some bits in one call and by others, part by part, in the next ones.
class RadixSort {
 public:
  /// Sorts by the bits of `mask`; numbers that have the same ones keep their order.
  void sort(std::span<std::uint64_t> numbers, std::uint64_t mask) {
    if (numbers.size() < few) return sort_few(numbers, mask);
    std::uint64_t differ = 0;
    for (const std::uint64_t number : numbers) differ |= number ^ numbers[0];
    if (other_.size() < numbers.size()) other_.resize(numbers.size());
    std::span<std::uint64_t> from = numbers, to = std::span(other_).first(numbers.size());
    for (differ &= mask; differ != 0;) {
      const int shift = std::countr_zero(differ);
      distribute(from, to, shift, mask >> shift & (digits - 1));
      std::swap(from, to);
      differ &= ~((digits - 1) << shift);
    }
    if (from.data() != numbers.data()) std::ranges::copy(from, numbers.begin());
  }

 private:
  static constexpr std::size_t few = 32;  // are sorted faster by comparing them
  static constexpr std::uint64_t digits = 256;

  static void sort_few(std::span<std::uint64_t> numbers, std::uint64_t mask) {
    for (std::size_t last = 1; last < numbers.size(); ++last) {
      const std::uint64_t number = numbers[last];
      std::size_t place = last;
      for (; place > 0 && (numbers[place - 1] & mask) > (number & mask); --place) numbers[place] = numbers[place - 1];
      numbers[place] = number;
    }
  }

  static void distribute(std::span<const std::uint64_t> from, std::span<std::uint64_t> to, int shift,
                         std::uint64_t mask) {
    std::array<std::uint32_t, digits> places{};
    for (const std::uint64_t number : from) ++places[number >> shift & mask];
    std::uint32_t before = 0;
    for (std::uint32_t& place : places) before += std::exchange(place, before);
    for (const std::uint64_t number : from) to[places[number >> shift & mask]++] = number;
  }

  std::vector<std::uint64_t> other_;
};

}  // namespace anneal::align

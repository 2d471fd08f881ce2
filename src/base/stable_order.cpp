#include "base/stable_order.h"

#include <array>
#include <numeric>

namespace anneal::base {
namespace {

constexpr unsigned digit_bits = 11;
constexpr std::size_t digits = std::size_t{1} << digit_bits;

// The bits in which keys differ.
std::uint64_t differing_bits(std::span<const std::uint64_t> keys) {
  std::uint64_t bits = 0;
  for (const std::uint64_t key : keys) bits |= key ^ keys.front();
  return bits;
}

}  // namespace

// By one digit after the other, the least significant first: comparisons of unordered keys cannot be predicted.
std::vector<std::size_t> stable_order(std::span<const std::uint64_t> keys) {
  std::vector<std::size_t> order(keys.size()), before(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const std::uint64_t bits = differing_bits(keys);
  for (unsigned shift = 0; shift < 64; shift += digit_bits) {
    if (((bits >> shift) & (digits - 1)) == 0) continue;
    const auto digit = [&](std::size_t index) { return (keys[index] >> shift) & (digits - 1); };
    std::array<std::size_t, digits> next{};
    for (const std::size_t index : order) ++next[digit(index)];
    std::exclusive_scan(next.begin(), next.end(), next.begin(), std::size_t{0});
    order.swap(before);
    for (const std::size_t index : before) order[next[digit(index)]++] = index;
  }
  return order;
}

}  // namespace anneal::base

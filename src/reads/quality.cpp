#include "reads/quality.h"

#include <algorithm>

namespace anneal::reads {
namespace {

// How many letters are cut off an end; `from_end` gives the i-th letter from there.
template <typename FromEnd>
std::size_t bad_end(std::size_t size, int cutoff, FromEnd from_end) {
  std::int64_t sum = 0, greatest = 0;
  std::size_t cut = 0;
  for (std::size_t i = 0; i < size; ++i) {
    sum += cutoff - phred(from_end(i));
    if (sum < 0) break;
    if (sum > greatest) {
      greatest = sum;
      cut = i + 1;
    }
  }
  return cut;
}

}  // namespace

// In blocks whose sums fit 32 bits, so that compilers vectorise it.
std::uint64_t quality_sum(std::string_view quality) {
  constexpr std::size_t block = std::size_t{1} << 20;
  std::uint64_t total = 0;
  for (std::string_view rest = quality; !rest.empty(); rest.remove_prefix(std::min(block, rest.size()))) {
    std::uint32_t sum = 0;
    for (const char letter : rest.substr(0, block)) sum += static_cast<unsigned char>(letter);
    total += sum;
  }
  return total - std::uint64_t{quality_offset} * quality.size();
}

Kept trim_ends(std::string_view quality, int cutoff_5, int cutoff_3) {
  const std::size_t size = quality.size();
  const std::size_t front = bad_end(size, cutoff_5, [&](std::size_t i) { return quality[i]; });
  const std::size_t back = bad_end(size, cutoff_3, [&](std::size_t i) { return quality[size - 1 - i]; });
  if (front + back >= size) return {};
  return {front, size - back};
}

std::size_t trim_by_window(std::string_view quality, std::size_t window, int required) {
  if (quality.size() < window) return 0;
  const auto least = static_cast<std::int64_t>(window) * required;
  auto sum = static_cast<std::int64_t>(quality_sum(quality.substr(0, window)));
  if (sum < least) return 0;
  std::size_t end = window;
  for (; end < quality.size(); ++end) {
    sum += phred(quality[end]) - phred(quality[end - window]);
    if (sum < least) break;
  }
  while (end > 1 && phred(quality[end - 1]) < required) --end;
  return end;
}

}  // namespace anneal::reads

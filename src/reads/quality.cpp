#include "reads/quality.h"

#include "reads/kernels.h"

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

std::uint64_t quality_sum(std::string_view quality) {
  return best_kernels().sum(quality) - std::uint64_t{quality_offset} * quality.size();
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
  const auto least = std::uint64_t{window} * static_cast<std::uint64_t>(required + quality_offset);
  const std::size_t low = best_kernels().find_low_window(quality, window, least);
  if (low == 0) return 0;
  std::size_t end = low == std::string_view::npos ? quality.size() : low + window - 1;
  while (end > 1 && phred(quality[end - 1]) < required) --end;
  return end;
}

}  // namespace anneal::reads

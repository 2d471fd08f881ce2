#include "map/insert_sizes.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "anneal/error.h"

namespace anneal {
namespace map {
namespace {

constexpr std::int32_t longest_insert = 10'000;  // farther apart, mates are likely parts of different fragments
constexpr int unique_quality = 30;

// The only place that a read may be from.
const Mapping* unique_place(const MappedRead& read) {
  if (read.mappings.size() != 1 || read.mappings[0].mapping_quality < unique_quality) return nullptr;
  return &read.mappings[0];
}

std::int32_t quantile(const std::vector<std::int32_t>& sorted, double share) {
  return sorted[static_cast<std::size_t>(std::lround(share * static_cast<double>(sorted.size() - 1)))];
}

}  // namespace

std::optional<std::int32_t> insert_size(const Mapping& first, const Mapping& second) {
  if (first.target != second.target || first.reverse == second.reverse) return std::nullopt;
  const std::int32_t size = first.reverse ? outer_end(first) - outer_end(second) : outer_end(second) - outer_end(first);
  return size > 0 ? std::optional(size) : std::nullopt;
}

std::optional<InsertSizes> distribution_of(std::vector<std::int32_t> sizes) {
  if (sizes.size() < min_insert_sizes) return std::nullopt;
  std::ranges::sort(sizes);
  const double low = quantile(sizes, 0.25), high = quantile(sizes, 0.75), range = high - low;
  double count = 0, sum = 0, squares = 0;
  for (const std::int32_t size : sizes) {
    if (size < low - 2 * range || size > high + 2 * range) continue;
    count += 1;
    sum += size;
    squares += static_cast<double>(size) * size;
  }
  const double mean = sum / count;
  const double deviation = std::max(1.0, std::sqrt(std::max(0.0, squares / count - mean * mean)));
  const auto rounded = [](double size) { return static_cast<std::int32_t>(std::lround(size)); };
  return InsertSizes{.mean = mean,
                     .deviation = deviation,
                     .min = std::max(1, rounded(std::min(low - 3 * range, mean - 4 * deviation))),
                     .max = rounded(std::max(high + 3 * range, mean + 4 * deviation))};
}

}  // namespace map

void validate(const InsertSizes& sizes) {
  const bool is_normal =
      sizes.mean >= 1 && sizes.mean <= InsertSizes::most && sizes.deviation > 0 && sizes.deviation <= InsertSizes::most;
  if (is_normal && sizes.min >= 1 && sizes.min <= sizes.max && sizes.max <= InsertSizes::most) return;
  throw Error(ErrorCode::invalid_argument,
              fmt::format("insert sizes of mean {:g}, deviation {:g}, and {} to {} are none; give a mean of 1 to {}, a "
                          "deviation above 0, and 1 <= MIN <= MAX <= {}",
                          sizes.mean, sizes.deviation, sizes.min, sizes.max, InsertSizes::most, InsertSizes::most));
}

InsertSizeEstimate estimate_insert_sizes(std::span<const MappedRead> mapped) {
  std::vector<std::int32_t> sizes;
  for (std::size_t i = 0; i + 2 <= mapped.size(); i += 2) {
    const Mapping *const first = map::unique_place(mapped[i]), *const second = map::unique_place(mapped[i + 1]);
    if (first == nullptr || second == nullptr) continue;
    const auto size = map::insert_size(*first, *second);
    if (size && *size <= map::longest_insert) sizes.push_back(*size);
  }
  const std::size_t pairs = sizes.size();
  const auto sizes_found = map::distribution_of(std::move(sizes));
  return {.sizes = sizes_found.value_or(InsertSizes{}), .pairs = pairs, .is_default = !sizes_found};
}

}  // namespace anneal

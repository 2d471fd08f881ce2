#include "align/batch.h"

#include <fmt/core.h>

#include <algorithm>

#include "align/score_bound.h"

namespace anneal {

std::size_t PairBatch::size() const {
  if (queries.size() == targets.size() || targets.size() == 1) return queries.size();
  if (queries.size() == 1) return targets.size();
  throw Error(ErrorCode::invalid_argument,
              fmt::format("{} queries but {} targets: give as many of each, or a single one on one side",
                          queries.size(), targets.size()));
}

namespace align {
namespace {

constexpr std::int64_t max_score = std::int64_t{1} << 30;
constexpr std::size_t max_length = (std::size_t{1} << 31) - 1;

void check_pair(const Batch& batch, const AlignOptions& options, std::size_t pair) {
  const std::size_t longest = std::max(batch.query(pair).size(), batch.target(pair).size());
  if (longest > max_length) {
    throw Error(ErrorCode::invalid_argument, fmt::format("pair {} has a sequence of {} letters; at most {} are allowed",
                                                         pair + 1, longest, max_length));
  }
  const std::int64_t bound = score_bound(options, batch.query_length(pair), batch.target_length(pair), batch.h0(pair));
  if (bound > max_score) {
    throw Error(
        ErrorCode::invalid_argument,
        fmt::format("pair {} ({} x {} letters) may score {}, more than 2^30: use smaller scores or shorter sequences",
                    pair + 1, batch.query_length(pair), batch.target_length(pair), bound));
  }
}

// Whether a pair of the longest sequences is no error, and so none of the batch is.
bool fits(const AlignOptions& options, std::size_t longest_query, std::size_t longest_target,
          std::span<const std::int32_t> h0) {
  if (std::max(longest_query, longest_target) > max_length) return false;
  const std::int32_t highest_h0 = h0.empty() ? 0 : *std::ranges::max_element(h0);
  return score_bound(options, static_cast<std::int64_t>(longest_query), static_cast<std::int64_t>(longest_target),
                     highest_h0) <= max_score;
}

void check_per_pair_values(const PairBatch& pairs, const AlignOptions& options, std::size_t size) {
  if (!pairs.band_centres.empty() && pairs.band_centres.size() != size) {
    throw Error(ErrorCode::invalid_argument, fmt::format("{} band centres for {} pairs: give none or one per pair",
                                                         pairs.band_centres.size(), size));
  }
  if (is_extension(options.mode) &&
      std::ranges::any_of(pairs.band_centres, [](std::int32_t centre) { return centre != 0; })) {
    throw Error(ErrorCode::invalid_argument,
                "band centres are given, but the band of an extension is centred on its begin");
  }
  if (options.mode != Mode::extend) {
    if (!pairs.h0.empty()) throw Error(ErrorCode::invalid_argument, "h0 is given, but only mode extend uses it");
    return;
  }
  if (size > 0 && pairs.h0.size() != 1 && pairs.h0.size() != size) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("{} values of h0 for {} pairs: give one for all or one per pair", pairs.h0.size(), size));
  }
  for (const std::int32_t h0 : pairs.h0) {
    if (h0 < 1) throw Error(ErrorCode::invalid_argument, fmt::format("h0 is {}; it must be at least 1", h0));
  }
}

}  // namespace

Batch::Batch(const PairBatch& pairs, const AlignOptions& options, device::cpu::Queue* threads,
             const RemoteLetters* remote)
    : pairs_(pairs), remote_(remote), size_(pairs.size()) {
  check_per_pair_values(pairs, options, size_);
  measure(threads);
  if (fits(options, longest_query_, longest_target_, pairs.h0)) return;
  for (std::size_t pair = 0; pair < size_; ++pair) check_pair(*this, options, pair);
}

void Batch::measure(device::cpu::Queue* threads) {
  constexpr std::size_t block_pairs = std::size_t{1} << 14;
  struct Block {
    std::uint64_t cells = 0;
    std::size_t longest_query = 0, longest_target = 0;
  };
  std::vector<Block> blocks((size_ + block_pairs - 1) / block_pairs);
  const auto measure_block = [&](std::size_t number) {
    Block block;
    const std::size_t last = std::min(size_, (number + 1) * block_pairs);
    for (std::size_t pair = number * block_pairs; pair < last; ++pair) {
      const std::size_t rows = query(pair).size(), columns = target(pair).size();
      block.longest_query = std::max(block.longest_query, rows);
      block.longest_target = std::max(block.longest_target, columns);
      block.cells += std::uint64_t{rows} * columns;
    }
    blocks[number] = block;
  };
  if (threads != nullptr && blocks.size() > 1) {
    threads->parallel_for(blocks.size(), measure_block);
  } else {
    for (std::size_t number = 0; number < blocks.size(); ++number) measure_block(number);
  }
  for (const Block& block : blocks) {
    longest_query_ = std::max(longest_query_, block.longest_query);
    longest_target_ = std::max(longest_target_, block.longest_target);
    cells_ += block.cells;
  }
}

}  // namespace align
}  // namespace anneal

// A border that was written for two queries, rewritten for two targets that share registers. Compiles without CUDA.
#pragma once

#include "device/cuda/kernel.h"
#include "search/cuda/score_job.h"

namespace anneal::search::cuda {

struct BorderSplit {
  const Item* items = nullptr;  ///< the longest first
  std::uint32_t count = 0;
  std::uint32_t border_base = 0;  ///< as ScoreJob's
  int query = 0;                  ///< 0 or 1: whose edges are kept
  Edge none;                      ///< where a target has no columns: StripRows::edge()
  const Edge* above = nullptr;    ///< of two queries, for each item
  Edge* below = nullptr;          ///< of two targets, for the first of each pair of items
};

/// The columns lane, lane + lanes and so on of items 2 * pair and 2 * pair + 1, of which the second may not exist.
ANNEAL_FN void split_columns(const BorderSplit& split, std::uint32_t pair, int lane, int lanes) {
  using align::recurrence::select_bytes;
  const Item first = split.items[2 * pair];
  const Item second = 2 * pair + 1 < split.count ? split.items[2 * pair + 1] : Item{};
  const Edge* const firsts = split.above + 4 * static_cast<std::size_t>(first.border - split.border_base);
  const Edge* const seconds = split.above + 4 * static_cast<std::size_t>(second.border - split.border_base);
  Edge* const both = split.below + (firsts - split.above);
  const Word selector = split.query == 0 ? 0x5410 : 0x7632;
  for (int column = lane; column < (first.letters + 3) / 4 * 4; column += lanes) {
    const Edge one = firsts[column];
    const Edge other = column < (second.letters + 3) / 4 * 4 ? seconds[column] : split.none;
    both[column] = {select_bytes(one.h, other.h, selector), select_bytes(one.f, other.f, selector)};
  }
}

/// A warp for each pair of items.
extern const device::cuda::Kernel<BorderSplit> split_border_kernel;
inline constexpr unsigned split_threads = 256;

}  // namespace anneal::search::cuda

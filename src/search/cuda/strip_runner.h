// Scores queries against some of a database's items, launch by launch.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "align/cuda/gpu.h"
#include "search/cuda/database.h"
#include "search/cuda/score_kernels.h"
#include "search/cuda/strip_plan.h"
#include "search/cuda/tuning.h"

namespace anneal::search::cuda {

/// Queries on the device, and where their scores go.
struct QuerySet {
  std::vector<const unsigned char*> codes;
  std::vector<std::int32_t> lengths;
  std::vector<std::int32_t*> scores;  ///< by target; at least 0
};

/// Items that are worked on together. Both spans are of the same.
struct ItemSet {
  std::span<const Item> items;
  const Item* device_items = nullptr;
  bool is_relayed = false;
};

/// What all runners of a search share.
struct Search {
  align::cuda::Gpu& gpu;
  const Database& database;
  const SearchScoring& scoring;
  const Tuning& tuning;
};

/// How scores are found.
enum class Width {
  bytes,   ///< in 8 bits, and in 16 what overflows; of one query, whose targets are not relayed
  halves,  ///< in 16 bits
  whole,   ///< in 32 bits
};

class StripRunner {
 public:
  /// `queries` must outlive it. Scores that exceed 16 bits are marked as overflowed, but with Width::whole.
  StripRunner(const Search& search, const ItemSet& items, const QuerySet& queries, Width width);

  bool is_done() const { return next_ == plan_.size() + second_plan_.size(); }
  /// Puts the next strip into the queue, which must be the same each time.
  void launch_next(device::cuda::Queue& queue);
  /// Of items that are not relayed: how many the device works on at a time, of all strips' rows on average.
  std::int64_t targets_at_once() const;
  /// Bytes of the borders of a run over items with so many fours.
  static std::uint64_t border_bytes(std::uint64_t fours);

 private:
  StripHeights heights() const;
  StripHeights relay_heights() const;
  void acquire_borders();
  bool is_relayed() const { return items_.is_relayed || next_ >= plan_.size(); }
  const ScoreKernel& kernel_for(const StripLaunch& launch) const;
  Packing packing_of(const StripLaunch& launch) const;
  ScoreJob job_of(const StripLaunch& launch) const;
  void describe(const QueryStrip& strip, int place, ScoreJob& job) const;
  bool splits_border(const StripLaunch& launch) const;
  void split_border(device::cuda::Queue& queue, int query);
  void list_overflowed(device::cuda::Queue& queue) const;
  void launch(device::cuda::Queue& queue, const ScoreKernel& kernel, const ScoreJob& job, int height);
  std::int64_t resident_blocks(const ScoreKernel& kernel, unsigned threads, std::size_t shared_bytes) const;
  int most_relay_warps() const;

  Search search_;
  ItemSet items_;
  const QuerySet& queries_;
  Width width_;
  std::vector<StripLaunch> plan_;
  std::vector<StripLaunch> second_plan_;  // of what overflowed in Width::bytes
  std::size_t next_ = 0;
  device::Buffer<Edge> borders_[2];  // which strips write in turns
  bool is_swapped_ = false;
  device::Buffer<std::int32_t> counters_;  // one per launch, and how many overflowed
  device::Buffer<Item> overflowed_;
};

}  // namespace anneal::search::cuda

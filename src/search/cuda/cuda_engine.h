// The search engine for an NVIDIA GPU. Compiles without CUDA.
#pragma once

#include <functional>
#include <memory>

#include "search/cuda/database.h"
#include "search/cuda/scoring.h"
#include "search/cuda/select_kernels.h"
#include "search/cuda/strip_runner.h"
#include "search/cuda/tuning.h"
#include "search/engine.h"

namespace anneal::search::cuda {

/// Not thread-safe.
class CudaEngine final : public Engine {
 public:
  /// On device `ordinal`. Throws RuntimeError where it cannot be used, and Error(invalid_argument) for penalties
  /// outside 0..32767.
  CudaEngine(device::cuda::Runtime& runtime, int ordinal, SearchScoring scoring, Tuning tuning = {});

  const std::string& name() const override { return name_; }
  /// Throws Error(out_of_memory) where the targets do not fit the device's memory: load them in parts.
  void load(std::span<const std::string_view> targets) override;
  /// Throws Error(invalid_argument) for unequal numbers of queries and `least`, and Error(cancelled).
  void find(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
            std::vector<std::vector<Hit>>& hits, const RunControl& control) override;

 private:
  class Progress;

  void find_some(std::span<const std::string_view> queries, std::span<const std::int32_t> least, std::size_t top,
                 std::span<std::vector<Hit>> hits, Progress& progress);
  // Calls `when_scored` when all launches are in their queues: what it puts into the first queue comes after them.
  void score_all(std::span<const std::string_view> queries, const QuerySet& set, Progress& progress,
                 const std::function<void()>& when_scored);
  // Scores again, in 32 bits, what overflowed among the hits of a query.
  void score_overflowed(const QuerySet& query, std::span<const Hit> hits, const Progress& progress);
  std::vector<Hit> best_of(const ScoreTable& of_query, std::int32_t least, std::size_t top);
  std::int64_t long_letters(const Search& search, const QuerySet& queries, Width width) const;
  std::vector<std::uint64_t> slice_sizes(std::uint64_t fours);
  std::vector<ItemSet> slices_of(std::size_t first_item);
  std::size_t queries_at_once();

  std::string name_;
  SearchScoring scoring_;
  Tuning tuning_;
  align::cuda::Gpu gpu_;
  std::vector<std::unique_ptr<device::cuda::Queue>> queues_;
  std::unique_ptr<Database> database_;
};

}  // namespace anneal::search::cuda

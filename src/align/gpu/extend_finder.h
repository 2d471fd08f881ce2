// Extends a chunk's pairs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "align/extension_limits.h"
#include "align/gpu/extend_batch.h"
#include "align/gpu/extend_scoring.h"
#include "align/gpu/extend_traits.h"
#include "align/gpu/finder.h"
#include "align/gpu/mirror.h"
#include "align/run.h"

namespace anneal::align::gpu {

/// For Mode::extend. Every pair goes to the cheapest kernel that takes its band and its scores. `Platform` names the
/// classes of a kind of GPU.
template <class Platform>
class ExtendFinder final : public Finder {
 public:
  using Stage = typename Platform::Stage;
  using Chunk = typename Platform::Chunk;
  using Queue = typename Platform::Queue;
  using Kernel = typename Platform::ExtendKernel;

  ExtendFinder(const Stage& stage, const Chunk& chunk, Queue& queue);

  void start() override;
  bool is_ready() const override { return !done_ || done_->is_done(); }
  bool advance() override;
  const recurrence::EndCell* cells() const override { return nullptr; }

 private:
  std::size_t kernel_for(std::size_t pair, std::int32_t band) const;
  void launch(const Kernel& kernel, std::size_t first, std::size_t count);

  const Stage& stage_;
  Run& run_;
  const Chunk& chunk_;
  Queue& queue_;
  std::span<const Kernel> kernels_;
  recurrence::ExtendCosts costs_;
  Piece<std::int32_t> h0_;
  Piece<std::int32_t> bands_;
  Piece<std::int32_t> order_;
  Piece<recurrence::ExtendEnd> results_;
  Mirror mirror_;
  std::vector<device::Buffer<std::int32_t>> rows_;
  typename Platform::Clock::Span span_;
  std::shared_ptr<const device::Event> done_;
};

template <class Platform>
ExtendFinder<Platform>::ExtendFinder(const Stage& stage, const Chunk& chunk, Queue& queue)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue),
      kernels_(Platform::extend_kernels(stage.run.options().matrix.size())), costs_(extend_costs(stage.run.options())) {
  MirrorLayout layout;
  h0_ = layout.add<std::int32_t>(chunk.size());
  bands_ = layout.add<std::int32_t>(chunk.size());
  order_ = layout.add<std::int32_t>(chunk.size());
  results_ = layout.add<recurrence::ExtendEnd>(chunk.size());
  mirror_ = Mirror(layout, stage.staging, stage.memory);
}

template <class Platform>
void ExtendFinder<Platform>::start() {
  constexpr std::int64_t widest = std::int64_t{1} << 30;
  std::uint64_t cells = 0;
  std::vector<std::vector<std::int32_t>> pairs_of(kernels_.size());
  for (const std::int32_t index : chunk_.by_length()) {
    const auto pair = static_cast<std::size_t>(index);
    const std::int64_t band = std::min(extension_band(chunk_.query_length(pair), run_.options()), widest);
    mirror_.host(h0_)[pair] = run_.batch().h0(chunk_.first() + pair);
    mirror_.host(bands_)[pair] = static_cast<std::int32_t>(band);
    pairs_of[kernel_for(pair, static_cast<std::int32_t>(band))].push_back(index);
    const auto rows = static_cast<std::uint64_t>(chunk_.query_length(pair));
    cells += std::min<std::uint64_t>(rows, 2 * band + 1) * std::uint64_t(chunk_.target_length(pair));
  }
  run_.count_cells(cells);
  std::int32_t* next = mirror_.host(order_);
  for (const auto& pairs : pairs_of) next = std::ranges::copy(pairs, next).out;
  mirror_.upload(queue_, results_.offset);
  std::size_t first = 0;
  span_.begin(queue_);
  for (std::size_t k = 0; k < kernels_.size(); ++k) {
    if (pairs_of[k].empty()) continue;
    launch(kernels_[k], first, pairs_of[k].size());
    first += pairs_of[k].size();
  }
  span_.end(queue_);
  mirror_.download(queue_, results_);
  done_ = queue_.record();
}

template <class Platform>
std::size_t ExtendFinder<Platform>::kernel_for(std::size_t pair, std::int32_t band) const {
  const recurrence::ExtendNeed need =
      recurrence::extend_need(chunk_.query_length(pair), chunk_.target_length(pair), band,
                              run_.batch().h0(chunk_.first() + pair), run_.options().matrix.highest());
  std::size_t kernel = 0;
  while (kernel + 1 < kernels_.size() &&
         !(kernels_[kernel].takes_penalties(costs_.gap_open, costs_.gap_extend) && kernels_[kernel].takes_pair(need))) {
    ++kernel;
  }
  return kernel;
}

template <class Platform>
void ExtendFinder<Platform>::launch(const Kernel& kernel, std::size_t first, std::size_t count) {
  std::int32_t longest_query = 0, longest_target = 0, widest_band = 0;
  for (const std::int32_t index : std::span(mirror_.host(order_) + first, count)) {
    const auto pair = static_cast<std::size_t>(index);
    longest_query = std::max(longest_query, chunk_.query_length(pair));
    longest_target = std::max(longest_target, chunk_.target_length(pair));
    widest_band = std::max(widest_band, mirror_.host(bands_)[pair]);
  }
  ExtendBatch batch{.queries = chunk_.table(Side::query),
                    .targets = chunk_.table(Side::target),
                    .h0 = mirror_.device(h0_),
                    .bands = mirror_.device(bands_),
                    .order = mirror_.device(order_) + first,
                    .pairs = static_cast<std::int32_t>(count),
                    .results = mirror_.device(results_),
                    .table = stage_.scorings.score_table(),
                    .rows_per_group = kernel.rows_per_group(longest_query)};
  const auto groups_per_block = static_cast<std::uint64_t>(kernel.groups_per_block());
  const std::uint64_t ints = static_cast<std::uint64_t>(batch.rows_per_group) * groups_per_block;
  const std::int64_t diagonals = std::min<std::int64_t>(longest_query, 2 * std::int64_t{widest_band} + 1);
  const std::uint64_t cells = std::uint64_t(diagonals) * std::uint64_t(longest_target) * groups_per_block;
  const unsigned blocks =
      stage_.extend_blocks(kernel.blocks_for(batch.pairs), kernel, ints * sizeof(std::int32_t), cells);
  if (ints > 0) {
    rows_.push_back(stage_.memory.template acquire<std::int32_t>(ints * blocks));
    batch.rows = rows_.back().data();
  }
  kernel.launch(queue_, batch, kernel.make_parameters(costs_), blocks);
}

template <class Platform>
bool ExtendFinder<Platform>::advance() {
  done_->wait();
  stage_.clock.count(span_);
  const recurrence::ExtendEnd* const results = mirror_.host(results_);
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    const recurrence::ExtendEnd& end = results[pair];
    run_.set_extension(
        chunk_.first() + pair, end.score, end.query_end, end.target_end,
        {.global_score = end.global_score, .global_target_end = end.global_target_end, .max_off = end.max_off});
  }
  return true;
}

}  // namespace anneal::align::gpu

#include "align/cuda/extend_finder.h"

#include <algorithm>

#include "align/cuda/extend_scoring.h"
#include "align/extension_limits.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

using recurrence::ExtendEnd;

ExtendFinder::ExtendFinder(const Stage& stage, const Chunk& chunk, device::cuda::Queue& queue)
    : stage_(stage), run_(stage.run), chunk_(chunk), queue_(queue),
      kernels_(extend_kernels(stage.run.options().matrix.size())), costs_(extend_costs(stage.run.options())) {
  MirrorLayout layout;
  h0_ = layout.add<std::int32_t>(chunk.size());
  bands_ = layout.add<std::int32_t>(chunk.size());
  order_ = layout.add<std::int32_t>(chunk.size());
  results_ = layout.add<ExtendEnd>(chunk.size());
  mirror_ = Mirror(layout, stage.staging, stage.memory);
}

void ExtendFinder::start() {
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
    const std::int32_t longest = std::ranges::max(
        pairs_of[k], {}, [&](std::int32_t index) { return chunk_.query_length(static_cast<std::size_t>(index)); });
    launch(kernels_[k], first, pairs_of[k].size(), chunk_.query_length(static_cast<std::size_t>(longest)));
    first += pairs_of[k].size();
  }
  span_.end(queue_);
  mirror_.download(queue_, results_);
  done_ = queue_.record();
}

std::size_t ExtendFinder::kernel_for(std::size_t pair, std::int32_t band) const {
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

void ExtendFinder::launch(const ExtendKernel& kernel, std::size_t first, std::size_t count,
                          std::int32_t longest_query) {
  ExtendBatch batch{.queries = chunk_.table(Side::query),
                    .targets = chunk_.table(Side::target),
                    .h0 = mirror_.device(h0_),
                    .bands = mirror_.device(bands_),
                    .order = mirror_.device(order_) + first,
                    .pairs = static_cast<std::int32_t>(count),
                    .results = mirror_.device(results_),
                    .table = stage_.scorings.score_table(),
                    .rows_per_group = kernel.rows_per_group(longest_query)};
  auto blocks = static_cast<unsigned>(kernel.blocks_for(batch.pairs));
  if (batch.rows_per_group > 0) {
    const auto ints = static_cast<std::uint64_t>(batch.rows_per_group * kernel.groups_per_block());
    blocks = stage_.blocks(blocks, kernel.kernel, kernel.shape.threads, ints * sizeof(std::int32_t));
    rows_.push_back(stage_.memory.acquire<std::int32_t>(ints * blocks));
    batch.rows = rows_.back().data();
  }
  kernel.launch(queue_, batch, kernel.make_parameters(costs_), blocks);
}

bool ExtendFinder::advance() {
  done_->wait();
  stage_.clock.count(span_);
  const ExtendEnd* const results = mirror_.host(results_);
  for (std::size_t pair = 0; pair < chunk_.size(); ++pair) {
    const ExtendEnd& end = results[pair];
    run_.set_extension(
        chunk_.first() + pair, end.score, end.query_end, end.target_end,
        {.global_score = end.global_score, .global_target_end = end.global_target_end, .max_off = end.max_off});
  }
  return true;
}

}  // namespace anneal::align::cuda

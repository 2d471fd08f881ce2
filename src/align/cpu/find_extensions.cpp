#include <algorithm>
#include <array>

#include "align/cpu/lane_load.h"
#include "align/cpu/stage.h"
#include "align/score_bound.h"

namespace anneal::align::cpu {
namespace {

Width width_of(const Run& run, std::size_t pair, std::int32_t rows, std::int32_t columns) {
  const std::int64_t h0 = run.batch().h0(pair);
  const std::int64_t scores = h0 + std::max(run.options().matrix.highest(), 0) * std::int64_t{std::min(rows, columns)};
  const std::int64_t penalty = std::int64_t{run.options().gap_open} + run.options().gap_extend;
  // Query positions are kept in lanes too, and a gap may open at a mismatch next to a score of 0.
  const std::int64_t bound =
      std::max<std::int64_t>({scores, rows + 1, penalty}) - std::min(run.options().matrix.lowest(), 0);
  return narrowest_width(run.options(), bound, width16);
}

void extend_group(const Stage& stage, std::span<const Item> group, Scratch& scratch) {
  Run& run = stage.run;
  const WidthKernels& kernels = stage.kernels.width[group.front().width];
  LaneLetters query = load_lanes(stage, group, Side::query, scratch);
  const LaneLetters target = load_lanes(stage, group, Side::target, scratch);
  std::fill(query.lengths.begin() + static_cast<std::ptrdiff_t>(group.size()), query.lengths.end(), 0);

  std::array<std::int32_t, max_lanes> h0{}, score{}, query_end{}, target_end{};
  std::array<Extension, max_lanes> extension{};
  for (std::size_t lane = 0; lane < group.size(); ++lane) h0[lane] = run.batch().h0(group[lane].pair);
  std::uint64_t vector_cells = 0;
  const ExtendJob job{
      .query = query.interleaved,
      .target = target.interleaved,
      .query_lengths = query.lengths.data(),
      .target_lengths = target.lengths.data(),
      .h0 = h0.data(),
      .options = &run.options(),
      .scores = &stage.scores,
      .workspace = scratch.workspace.reserve(extend_workspace_vectors(query.longest) * stage.kernels.vector_bytes),
      .score = score.data(),
      .query_end = query_end.data(),
      .target_end = target_end.data(),
      .extension = extension.data(),
      .cells = &vector_cells};
  {
    const auto timing = run.time_kernel();
    kernels.extend(job);
  }
  run.count_cells(vector_cells * kernels.lanes);
  for (std::size_t lane = 0; lane < group.size(); ++lane) {
    run.set_extension(group[lane].pair, score[lane], query_end[lane], target_end[lane], extension[lane]);
  }
}

}  // namespace

void find_extensions(const Stage& stage) {
  Run& run = stage.run;
  std::vector<Item> items;
  for (std::size_t pair = stage.slab.first(); pair < stage.slab.last(); ++pair) {
    const std::int32_t rows = run.batch().query_length(pair), columns = run.batch().target_length(pair);
    run.set_extension(pair, run.batch().h0(pair), 0, 0, Extension{});
    items.push_back({.pair = pair,
                     .rows = rows,
                     .columns = columns,
                     .diagonals = all_diagonals(rows, columns),
                     .width = width_of(run, pair, rows, columns)});
  }
  const std::vector<Task> tasks = plan(items, stage.kernels, {.lanes_only = true});
  stage.for_each_task(items, tasks, [&](std::span<const Item> group, bool, Scratch& scratch) {
    extend_group(stage, group, scratch);
    run.advance(run.wants_path() ? 0 : group.size());
  });
}

}  // namespace anneal::align::cpu

#include <algorithm>

#include "align/checkpointed_path.h"
#include "align/cpu/diagonal_fill.h"
#include "align/cpu/lane_load.h"
#include "align/cpu/stage.h"
#include "align/score_bound.h"

namespace anneal::align::cpu {
namespace {

/// Trace bits that the lane kernel stored for one lane.
class LaneTrace {
 public:
  LaneTrace(const std::uint8_t* trace, const TileLayout& layout, std::size_t lanes, std::size_t lane)
      : trace_(trace + lane / 8), layout_(layout), mask_bytes_(mask_bytes(lanes)), shift_(lane % 8) {}

  bool is_diagonal(std::int64_t i, std::int64_t j) const { return (masks(i, j)[0] >> shift_ & 1) != 0; }

  std::uint8_t bits(std::int64_t i, std::int64_t j) const {
    const std::uint8_t* cell = masks(i, j);
    const auto bit = [&](std::size_t mask) { return (cell[mask * mask_bytes_] >> shift_ & 1) << mask; };
    return static_cast<std::uint8_t>(bit(0) | bit(1) | bit(2) | bit(3));
  }

 private:
  const std::uint8_t* masks(std::int64_t i, std::int64_t j) const {
    return trace_ + static_cast<std::size_t>(layout_.index(i, j)) * trace_masks * mask_bytes_;
  }

  const std::uint8_t* trace_;
  const TileLayout& layout_;
  std::size_t mask_bytes_;
  std::size_t shift_;
};

// A trace that stays in the cache is faster than one that needs fresh pages, although the cells of a long pair are then
// computed twice.
constexpr std::uint64_t most_trace_memory = std::uint64_t{32} << 20;

class PathTracer {
 public:
  PathTracer(const Stage& stage, AlignResults& results)
      : stage_(stage), run_(stage.run), results_(results),
        trace_memory_(std::min(stage.task_memory, most_trace_memory)) {}

  void trace_all() {
    std::vector<Item> items;
    for (std::size_t pair = 0; pair < run_.batch().size(); ++pair) {
      if (run_.alignment(pair).status == Status::aligned) items.push_back(rectangle(pair));
    }
    run_.advance(run_.batch().size() - items.size());
    const std::vector<Task> tasks = plan(items, stage_.kernels,
                                         {.band_width = run_.options().band,
                                          .traced = true,
                                          .lanes_possible = stage_.scores.has_padding(),
                                          .task_memory = trace_memory_},
                                         stage_.queue);
    CigarCollector cigars(run_.batch().size(), tasks.size());
    stage_.for_each_task(items, tasks, [&](std::span<const Item> group, std::size_t number, Scratch& scratch) {
      if (tasks[number].in_lanes) {
        trace_in_lanes(group, number, scratch, cigars);
      } else {
        trace_alone(group.front(), number, scratch, cigars);
      }
      run_.advance(group.size());
    });
    cigars.merge_into(results_, stage_.queue);
  }

 private:
  // The part of the matrix that holds every optimal path to the pair's end cell.
  Item rectangle(std::size_t pair) const {
    const auto [query_end, target_end] = run_.path_end(pair);
    Item item{.pair = pair, .rows = query_end, .columns = target_end, .band_centre = run_.batch().band_centre(pair)};
    const std::int32_t score = run_.alignment(pair).score;
    if (run_.boundary().local) {
      cut_local(item, score);
      item.width = narrowest_width(run_.options(), true, score);
    } else {
      item.width = narrowest_width(run_.options(), false, score_bound(run_.options(), item.rows, item.columns));
    }
    return item;
  }

  // A local path of this score can afford so many gap letters on top of the aligned ones.
  void cut_local(Item& item, std::int64_t score) const {
    const AlignOptions& options = run_.options();
    if (options.gap_extend == 0) return;
    const std::int64_t shorter = std::min(item.rows, item.columns);
    const std::int64_t gaps =
        std::max<std::int64_t>(0, options.matrix.highest() * shorter - score - options.gap_open) / options.gap_extend;
    item.first_row = static_cast<std::int32_t>(std::max<std::int64_t>(0, item.rows - shorter - gaps));
    item.first_column = static_cast<std::int32_t>(std::max<std::int64_t>(0, item.columns - shorter - gaps));
    item.rows -= item.first_row;
    item.columns -= item.first_column;
    item.band_centre -= item.first_column - item.first_row;
  }

  Problem problem(const Item& item, Codes query, Codes target) const {
    return {.query = query,
            .target = target,
            .boundary = run_.boundary(),
            .band = {.width = run_.options().band, .centre = item.band_centre},
            .matrix = &run_.options().matrix};
  }

  // Walks back from the rectangle's corner with `advance(walk)` and stores the result.
  template <class Advance>
  void trace(const Item& item, const Problem& problem, std::size_t task, CigarCollector& cigars,
             const Advance& advance) {
    Alignment& alignment = run_.alignment(item.pair);
    const std::size_t first = cigars.ops(task).size();
    Traceback walk(problem, item.rows, item.columns, alignment.score, cigars.ops(task));
    advance(walk);
    walk.finish();
    alignment.query_begin = item.first_row + static_cast<std::int32_t>(walk.i());
    alignment.target_begin = item.first_column + static_cast<std::int32_t>(walk.j());
    cigars.record(item.pair, task, first);
  }

  void trace_in_lanes(std::span<const Item> group, std::size_t task, Scratch& scratch, CigarCollector& cigars) {
    const WidthKernels& kernels = stage_.kernels.width[group.front().width];
    LaneLetters query, target;
    load_lanes(stage_, group, Side::query, scratch, query);
    load_lanes(stage_, group, Side::target, scratch, target);
    const Band band{.width = run_.options().band, .centre = group.front().band_centre};
    const TileLayout layout(query.longest, target.longest, band);
    const std::size_t cell_bytes = trace_masks * mask_bytes(kernels.lanes);
    const std::size_t workspace = lane_workspace_vectors(query.longest, target.longest) * stage_.kernels.vector_bytes;
    LaneJob job{.query = query.interleaved,
                .target = target.interleaved,
                .query_lengths = query.lengths.data(),
                .target_lengths = target.lengths.data(),
                .rows = query.longest,
                .columns = target.longest,
                .scores = &stage_.scores,
                .boundary = run_.boundary(),
                .band = band,
                .layout = &layout,
                .workspace = scratch.workspace.reserve(workspace)};
    job.trace = scratch.trace.reserve(static_cast<std::size_t>(layout.cells()) * cell_bytes + sizeof(std::uint64_t));
    {
      const auto timing = run_.time_kernel();
      kernels.fill_lanes(job);
    }
    run_.count_cells(static_cast<std::uint64_t>(layout.cells()) * kernels.lanes);
    for (std::size_t lane = 0; lane < group.size(); ++lane) {
      const LaneTrace lane_trace(job.trace, layout, kernels.lanes, lane);
      trace(group[lane], problem(group[lane], query.lane(lane), target.lane(lane)), task, cigars, [&](Traceback& walk) {
        while (!walk.done()) {
          walk.follow_diagonal([&](std::int64_t i, std::int64_t j) { return lane_trace.is_diagonal(i, j); });
          if (!walk.done()) walk.step(lane_trace.bits(walk.i(), walk.j()));
        }
      });
    }
  }

  void trace_alone(const Item& item, std::size_t task, Scratch& scratch, CigarCollector& cigars) {
    const auto rows = static_cast<std::size_t>(item.rows), columns = static_cast<std::size_t>(item.columns);
    std::uint8_t* query = scratch.query_codes.reserve(rows);
    std::uint8_t* target = scratch.target_codes.reserve(columns);
    stage_.encode(item.pair, Side::query, static_cast<std::size_t>(item.first_row), rows, query);
    stage_.encode(item.pair, Side::target, static_cast<std::size_t>(item.first_column), columns, target);
    const Problem whole = problem(item, Codes(query, rows), Codes(target, columns));
    DiagonalFill fill(whole, stage_.scores, stage_.kernels.width[std::max(item.width, width16)], scratch);
    const auto timing = run_.time_kernel();
    trace(item, whole, task, cigars, [&](Traceback& walk) { CheckpointedPath(fill, walk, trace_memory_).run(); });
    run_.count_cells(cells_inside(item, run_.options().band));
  }

  const Stage& stage_;
  Run& run_;
  AlignResults& results_;
  std::uint64_t trace_memory_;
};

}  // namespace

void trace_paths(const Stage& stage, AlignResults& results) { PathTracer(stage, results).trace_all(); }

}  // namespace anneal::align::cpu

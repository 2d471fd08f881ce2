#include <algorithm>

#include "align/checkpointed_path.h"
#include "align/cpu/diagonal_fill.h"
#include "align/cpu/diagonal_runs.h"
#include "align/cpu/lane_fill.h"
#include "align/cpu/stage.h"
#include "align/cpu/strip_fill.h"
#include "align/diagonal_bound.h"
#include "align/score_bound.h"

namespace anneal::align::cpu {
namespace {

/// Trace bits that the lane kernel stored for one lane, whose first column is column `lead` + 1 of the layout.
class LaneTrace {
 public:
  LaneTrace(const std::uint8_t* trace, const TileLayout& layout, std::size_t lanes, std::size_t lane, std::int64_t lead)
      : trace_(trace + lane / 8), layout_(layout), mask_bytes_(mask_bytes(lanes)), shift_(lane % 8), lead_(lead) {}

  /// How many steps back from cell (i, j) take the diagonal.
  std::int64_t diagonal_steps(std::int64_t i, std::int64_t j) const {
    const std::int64_t most = std::min(i, j);
    const auto [last_tile, last_column] = layout_.place_of(lead_ + j);
    std::int64_t steps = 0;
    for (std::int64_t tile = last_tile, column = last_column; steps < most;
         --tile, column = layout_.tile_columns() - 1) {
      const std::int64_t taken = diagonal_steps_in_tile(tile, i - steps, column);
      steps += taken;
      if (taken <= column) break;
    }
    return std::min(steps, most);
  }

  std::uint8_t bits(std::int64_t i, std::int64_t j) const {
    const std::uint8_t* cell = masks(layout_.index(i, lead_ + j));
    const auto bit = [&](std::size_t mask) { return (cell[mask * mask_bytes_] >> shift_ & 1) << mask; };
    return static_cast<std::uint8_t>(bit(0) | bit(1) | bit(2) | bit(3));
  }

 private:
  // From that column, from 0, of the tile back to its first one.
  std::int64_t diagonal_steps_in_tile(std::int64_t tile, std::int64_t i, std::int64_t column) const {
    const std::int64_t possible = std::min(column, i - layout_[tile].first_row) + 1;
    const std::uint8_t* cell = masks(layout_.index_in(tile, i, column));
    const std::ptrdiff_t cells_back = layout_.tile_columns() + 1;
    const std::ptrdiff_t back = cells_back * trace_masks * static_cast<std::ptrdiff_t>(mask_bytes_);
    std::int64_t steps = 0;
    while (steps < possible && (*cell >> shift_ & 1) != 0) {
      cell -= back;
      ++steps;
    }
    return steps;
  }

  const std::uint8_t* masks(std::int64_t index) const {
    return trace_ + static_cast<std::size_t>(index) * trace_masks * mask_bytes_;
  }

  const std::uint8_t* trace_;
  const TileLayout& layout_;
  std::size_t mask_bytes_;
  std::size_t shift_;
  std::int64_t lead_;
};

// A trace that stays in the cache is faster than one that needs fresh pages, although the cells of a long pair are then
// computed twice.
constexpr std::uint64_t most_trace_memory = std::uint64_t{32} << 20;

class PathTracer {
 public:
  explicit PathTracer(const Stage& stage)
      : stage_(stage), run_(stage.run), exact_band_(run_.options().band >= 0),
        trace_memory_(std::min(stage.task_memory, most_trace_memory)) {}

  void trace_all() {
    std::vector<Item> items;
    items.reserve(stage_.slab.last() - stage_.slab.first());
    for (std::size_t pair = stage_.slab.first(); pair < stage_.slab.last(); ++pair) {
      const Alignment& alignment = run_.alignment(pair);
      if (alignment.status == Status::aligned && alignment.query_begin < 0) items.push_back(rectangle(pair));
    }
    run_.advance(stage_.slab.last() - stage_.slab.first() - items.size());
    const std::vector<Task> tasks = plan(items, stage_.kernels,
                                         {.exact_band = exact_band_,
                                          .traced = true,
                                          .in_strips = differences_fit(run_.options().matrix, run_.boundary()),
                                          .lanes_possible = stage_.scores.has_padding(),
                                          .task_memory = trace_memory_});
    stage_.for_each_task(items, tasks, [&](std::span<const Item> group, bool in_lanes, Scratch& scratch) {
      if (in_lanes) {
        trace_in_lanes(group, scratch);
      } else {
        trace_alone(group.front(), scratch);
      }
      run_.advance(group.size());
    });
  }

 private:
  // The part of the matrix that holds every optimal path to the pair's end cell.
  Item rectangle(std::size_t pair) const {
    const auto [query_end, target_end] = run_.path_end(pair);
    const int highest = run_.options().matrix.highest();
    const bool local = run_.boundary().local;
    const std::int64_t score = run_.path_score(pair);
    Item item{.pair = pair, .rows = query_end, .columns = target_end};
    const Diagonals needed = diagonals_to_last_cell(highest, run_.boundary(), item.rows, item.columns, score);
    item.diagonals = exact_band_ ? diagonals_of(run_.band(pair), item.rows, item.columns) : needed;
    if (local) cut_corner(item, needed);
    item.width = local ? local_width(item, score)
                       : narrowest_width(run_.options(), score_bound(run_.options(), item.rows, item.columns));
    return item;
  }

  Width local_width(const Item& item, std::int64_t score) const {
    const Width width = narrowest_width(stage_.local.frames, score);
    const std::int64_t loss = std::max(run_.options().matrix.highest(), 0) * std::int64_t{item.rows} - score;
    const bool loses_little = !exact_band_ && loss <= stage_.local.most_loss_in_8_bits;
    return width == width16 && loses_little ? width8 : width;
  }

  // No local path to the last cell begins where it would need other diagonals.
  static void cut_corner(Item& item, const Diagonals& needed) {
    item.first_row = static_cast<std::int32_t>(std::max<std::int64_t>(0, -needed.highest));
    item.first_column = static_cast<std::int32_t>(std::max<std::int64_t>(0, needed.lowest));
    item.rows -= item.first_row;
    item.columns -= item.first_column;
    item.diagonals = item.diagonals.seen_from(item.first_row, item.first_column);
  }

  Problem problem(const Item& item) const {
    const auto part = [&](Side side, std::int32_t first, std::int32_t count) {
      return stage_.slab.codes(item.pair, side)
          .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
    };
    return {.query = part(Side::query, item.first_row, item.rows),
            .target = part(Side::target, item.first_column, item.columns),
            .boundary = run_.boundary(),
            .band = item.diagonals.band(),
            .matrix = &run_.options().matrix};
  }

  // Walks back from the rectangle's last cell with `advance(walk)` and stores the result.
  template <class Advance>
  void trace(const Item& item, const Problem& problem, const Advance& advance) {
    Alignment& alignment = run_.alignment(item.pair);
    const int writer = stage_.queue.slot();
    std::vector<CigarOp>& ops = stage_.cigars.ops(writer);
    const std::size_t first = ops.size();
    Traceback walk(problem, problem.rows(), problem.columns(), alignment.score, ops);
    advance(walk);
    walk.finish();
    alignment.query_begin = static_cast<std::int32_t>(item.first_row + walk.i());
    alignment.target_begin = static_cast<std::int32_t>(item.first_column + walk.j());
    stage_.cigars.record(item.pair, writer, first);
  }

  // Pads the targets of local alignments in front, so that all end on one diagonal. Returns the diagonals to fill.
  Diagonals align_ends(std::span<const Item> group, std::vector<std::int32_t>& lead) const {
    if (!run_.boundary().local || exact_band_) return hull_of(group).diagonals;
    std::int64_t before = 0, after = 0;  // the diagonals that the ends lie on
    for (const Item& item : group) {
      before = std::max(before, item.columns - item.rows - item.diagonals.lowest);
      after = std::max(after, item.diagonals.highest - (item.columns - item.rows));
    }
    for (const Item& item : group) lead.push_back(static_cast<std::int32_t>(item.rows + before - item.columns));
    return {0, before + after};
  }

  // How local scores are stored.
  LocalFrame frame_for(std::span<const Item> group) const {
    const Item hull = hull_of(group);
    const std::int64_t best = std::max(run_.options().matrix.highest(), 1);
    const Item& lowest =
        *std::ranges::min_element(group, {}, [&](const Item& item) { return run_.path_score(item.pair); });
    const std::int64_t letters = exact_band_ ? 1 : (run_.path_score(lowest.pair) + best - 1) / best;
    return lane_frame(stage_, hull.width, hull.rows, hull.columns, letters);
  }

  bool fits(const LocalFrame& frame, std::span<const Item> group) const {
    return std::ranges::all_of(group, [&](const Item& item) { return run_.path_score(item.pair) <= frame.highest; });
  }

  // For groups in which some lose more against matches than 8 bits hold, counted from the longest one.
  void trace_in_16_bits(std::span<const Item> group, Scratch& scratch) {
    std::vector<Item> items(group.begin(), group.end());
    for (Item& item : items) item.width = width16;
    const std::size_t lanes = stage_.kernels.width[width16].lanes;
    for (std::size_t first = 0; first < items.size(); first += lanes) {
      trace_in_lanes(std::span(items).subspan(first, std::min(lanes, items.size() - first)), scratch);
    }
  }

  void trace_in_lanes(std::span<const Item> group, Scratch& scratch) {
    LocalFrame frame;
    if (run_.boundary().local) {
      frame = frame_for(group);
      if (!fits(frame, group)) return trace_in_16_bits(group, scratch);
    }
    const WidthKernels& kernels = stage_.kernels.width[group.front().width];
    std::vector<std::int32_t> lead;
    const Diagonals diagonals = align_ends(group, lead);
    const LaneLetters query = load_lanes(stage_, group, Side::query, scratch);
    const LaneLetters target = load_lanes(stage_, group, Side::target, scratch, lead);
    const TileLayout layout(query.longest, target.longest, diagonals.band(),
                            kernels.tile_columns(run_.boundary().local));
    const std::size_t cell_bytes = trace_masks * mask_bytes(kernels.lanes);
    LaneJob job = lane_job(stage_, group.front().width, query, target, layout, lead.empty() ? diagonals.band() : Band{},
                           frame, scratch);
    job.trace = scratch.trace.reserve(static_cast<std::size_t>(layout.cells()) * cell_bytes + sizeof(std::uint64_t));
    fill_lanes(stage_, group.front().width, job);
    DiagonalRuns runs(stage_.kernels, stage_.scores, run_.options().matrix);
    for (std::size_t lane = 0; lane < group.size(); ++lane) {
      const Item& item = group[lane];
      const LaneTrace lane_trace(job.trace, layout, kernels.lanes, lane, lead.empty() ? 0 : lead[lane]);
      const Problem lane_problem = problem(item);
      trace(item, lane_problem, [&](Traceback& walk) { follow(lane_problem, lane_trace, runs, walk); });
    }
  }

  // From gap to gap; what comes before the first one needs no trace. That there is one, find_ends has seen.
  void follow(const Problem& problem, const LaneTrace& lane_trace, DiagonalRuns& runs, Traceback& walk) const {
    // The score of an extension is not that of its path's last cell.
    const bool score_is_known = run_.options().mode != Mode::extend;
    for (bool after_gap = false; !walk.done(); after_gap = true) {
      if (walk.is_aligned()) {
        if (score_is_known && after_gap && runs.take_to_begin(problem, walk)) return;
        const std::int64_t length = lane_trace.diagonal_steps(walk.i(), walk.j());
        if (length > 0) runs.take(problem, walk, length);
        if (walk.done()) return;
      }
      walk.step(lane_trace.bits(walk.i(), walk.j()));
    }
  }

  void trace_alone(const Item& item, Scratch& scratch) {
    const Problem whole = problem(item);
    const auto timing = run_.time_kernel();
    trace(item, whole, [&](Traceback& walk) {
      if (differences_fit(run_.options().matrix, run_.boundary())) {
        StripFill fill(whole, stage_.drifted_scores, stage_.kernels, scratch);
        CheckpointedPath(fill, walk, stage_.task_memory).run();
      } else {
        DiagonalFill fill(whole, stage_.scores, stage_.kernels.width[std::max(item.width, width16)], scratch);
        CheckpointedPath(fill, walk, trace_memory_).run();
      }
    });
    run_.count_cells(item.cells());
  }

  const Stage& stage_;
  Run& run_;
  bool exact_band_;
  std::uint64_t trace_memory_;
};

}  // namespace

void trace_paths(const Stage& stage) { PathTracer(stage).trace_all(); }

}  // namespace anneal::align::cpu

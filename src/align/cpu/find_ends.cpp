#include <array>
#include <mutex>

#include "align/band_check.h"
#include "align/checkpointed_path.h"
#include "align/cpu/diagonal_fill.h"
#include "align/cpu/diagonal_runs.h"
#include "align/cpu/lane_fill.h"
#include "align/cpu/least_score.h"
#include "align/cpu/local_strips.h"
#include "align/cpu/score_guess.h"
#include "align/cpu/stage.h"
#include "align/cpu/strip_fill.h"
#include "align/scalar/row_fill.h"
#include "align/score_bound.h"

namespace anneal::align::cpu {
namespace {

// Beyond, two passes that keep nothing between them cost less than fresh memory does.
constexpr std::uint64_t most_strip_memory = std::uint64_t{512} << 20;

class EndFinder {
 public:
  explicit EndFinder(const Stage& stage)
      : stage_(stage), run_(stage.run), local_(run_.boundary().local),
        ends_in_corner_(run_.options().mode == Mode::global && differences_fit(run_.options().matrix, run_.boundary())),
        exact_band_(run_.options().band >= 0) {
    const bool needs_cell = run_.options().output != Output::score;
    track_ = !local_ ? Track::last_cells : needs_cell ? Track::best_cell : Track::best_score;
  }

  void find_all() {
    std::vector<Item> items;
    for (std::size_t pair = stage_.slab.first(); pair < stage_.slab.last(); ++pair) add_pair(pair, items);
    report(stage_.slab.last() - stage_.slab.first() - items.size());
    while (!items.empty()) {
      const std::vector<Task> tasks = plan(items, stage_.kernels, limits());
      stage_.for_each_task(items, tasks, [&](std::span<const Item> group, bool in_lanes, Scratch& scratch) {
        report(in_lanes ? solve_in_lanes(group, scratch) : solve_alone(group.front(), scratch));
      });
      items = std::move(again_);
      again_.clear();
    }
  }

 private:
  // Work remains for pairs that need a path.
  void report(std::size_t pairs) { run_.advance(run_.wants_path() ? 0 : pairs); }

  PlanLimits limits() const {
    return {.exact_band = exact_band_,
            .traced = false,
            .in_strips = ends_in_corner_ || local_,
            .strip_width = local_ ? width16 : width8,
            .strips_in_8_bits = local_ && LocalStrips::mostly_in_8_bits(run_.options()),
            .path_follows = run_.wants_path(),
            .lanes_possible = stage_.scores.has_padding(),
            .task_memory = stage_.task_memory};
  }

  void add_pair(std::size_t pair, std::vector<Item>& items) {
    const std::int32_t rows = run_.batch().query_length(pair), columns = run_.batch().target_length(pair);
    if (!band_admits_path(rows, columns, run_.band(pair), run_.boundary(), run_.end_cells())) {
      run_.alignment(pair).status = Status::outside_band;
    }
    if (rows == 0 || columns == 0) return solve_empty(pair);
    items.push_back({.pair = pair,
                     .rows = rows,
                     .columns = columns,
                     .diagonals = diagonals_of(run_.band(pair), rows, columns),
                     .guess = !exact_band_});
    items.back().width = first_width(items.back());
  }

  // Local scores start narrow and widen on overflow; others need a width that holds every cell.
  Width first_width(const Item& item) const {
    // In 8 bits, positions are counted in blocks of 256 up to 65,535.
    const bool positions_fit = std::max(item.rows, item.columns) < (1 << 16) - tile_columns;
    const Width narrowest = positions_fit ? width8 : width16;
    if (!local_)
      return narrowest_width(run_.options(), score_bound(run_.options(), item.rows, item.columns), narrowest);
    const std::int64_t expected = item.guess ? stage_.guess.expected_score(item) : 0;
    return narrowest_width(stage_.local.frames, expected, narrowest);
  }

  // One side has no letters: the matrix is a single row or column.
  void solve_empty(std::size_t pair) {
    if (run_.alignment(pair).status == Status::outside_band) return;
    const Problem problem{.query = stage_.slab.codes(pair, Side::query),
                          .target = stage_.slab.codes(pair, Side::target),
                          .boundary = run_.boundary(),
                          .band = run_.band(pair),
                          .matrix = &run_.options().matrix};
    const BestEnd best = scalar::RowFill(problem).find_end(run_.end_cells());
    store(pair, local_ ? BestEnd{.score = 0} : best);
  }

  void store(std::size_t pair, const BestEnd& end) {
    if (run_.alignment(pair).status == Status::outside_band) return;
    run_.set_end(pair, end.score, end.i, end.j);
  }

  void redo(const Item& item) {
    const std::scoped_lock lock(again_mutex_);
    again_.push_back(item);
  }

  void redo_in(Width width, Item item) {
    item.width = width;
    redo(item);
  }

  // Stores what was found there, or has the pair computed again.
  bool settle(Item item, const Part& filled, const Found& found) {
    if (stage_.guess.confirms(item, filled, found)) {
      store(item.pair, found.end);
      return true;
    }
    item.guess = false;
    if (found.end.score != BestEnd::minus_infinity) item.reached = found.end.score;
    redo(item);
    return false;
  }

  Part part_to_fill(std::span<const Item> group) const {
    Part part = stage_.guess.part_to_fill(group);
    // Overflow shows at ends alone: no score may reach it before.
    const std::int64_t best = std::max(run_.options().matrix.highest(), 1);
    if (local_) part.letters = std::min(part.letters, stage_.local.frames[group.front().width].highest / best + 1);
    return part;
  }

  // Returns how many pairs are done; the others are computed again.
  std::size_t solve_in_lanes(std::span<const Item> group, Scratch& scratch) {
    const Width width = group.front().width;
    if (local_ && stage_.eight_bits.seldom_suffice(group.front())) {
      for (const Item& item : group) redo_in(width16, item);
      return 0;
    }
    const LaneLetters query = load_lanes(stage_, group, Side::query, scratch);
    const LaneLetters target = load_lanes(stage_, group, Side::target, scratch);
    const Part part = part_to_fill(group);
    const Band band = part.diagonals.band();
    const TileLayout layout(query.longest, target.longest, band);
    std::array<std::int32_t, max_lanes> score{}, query_end{}, target_end{}, score_before{};
    LaneJob job = lane_job(stage_, width, query, target, layout, local_ && !exact_band_ ? Band{} : band, scratch);
    job.track = track_;
    job.score = score.data();
    job.query_end = query_end.data();
    job.target_end = target_end.data();
    job.score_before = score_before.data();
    job.zone = part.zone(query.longest, target.longest);
    job.query_end_free = run_.end_cells().query_end_free;
    job.target_end_free = run_.end_cells().target_end_free;
    fill_lanes(stage_, width, job);
    DiagonalRuns runs(stage_.kernels, stage_.scores, run_.options().matrix);
    std::size_t done = 0;
    for (std::size_t lane = 0; lane < group.size(); ++lane) {
      const Item& item = group[lane];
      const bool overflowed = local_ && score[lane] == LaneJob::overflowed;
      stage_.eight_bits.note(item, overflowed);
      if (overflowed) {
        redo_in(static_cast<Width>(width + 1), item);
      } else if (settle(item, part, {{score[lane], query_end[lane], target_end[lane]}, score_before[lane]})) {
        if (run_.wants_path()) find_ungapped_path(runs, item.pair);
        ++done;
      }
    }
    return done;
  }

  void find_ungapped_path(DiagonalRuns& runs, std::size_t pair) {
    Alignment& alignment = run_.alignment(pair);
    if (alignment.status != Status::aligned) return;
    const Codes query = stage_.slab.codes(pair, Side::query), target = stage_.slab.codes(pair, Side::target);
    const Problem problem{.query = query.first(static_cast<std::size_t>(alignment.query_end)),
                          .target = target.first(static_cast<std::size_t>(alignment.target_end)),
                          .boundary = run_.boundary(),
                          .band = run_.band(pair),
                          .matrix = &run_.options().matrix};
    const int writer = stage_.queue.slot();
    std::vector<CigarOp>& ops = stage_.cigars.ops(writer);
    const std::size_t first = ops.size();
    Traceback walk(problem, problem.rows(), problem.columns(), alignment.score, ops);
    if (!walk.done() && !runs.take_to_begin(problem, walk)) return;
    walk.finish();
    alignment.query_begin = static_cast<std::int32_t>(walk.i());
    alignment.target_begin = static_cast<std::int32_t>(walk.j());
    stage_.cigars.record(pair, writer, first);
  }

  // The same for one pair.
  std::size_t solve_alone(const Item& item, Scratch& scratch) {
    Part part = stage_.guess.part_to_fill({&item, 1});
    part.letters = part.first_exact_row = 1;
    const Problem problem{.query = stage_.slab.codes(item.pair, Side::query),
                          .target = stage_.slab.codes(item.pair, Side::target),
                          .boundary = run_.boundary(),
                          .band = part.diagonals.band(),
                          .matrix = &run_.options().matrix};
    if (ends_in_corner_) return solve_in_strips(item, part, problem, scratch);
    if (local_ && fits_local_strips(item)) return solve_local_in_strips(item, problem, scratch);
    Width width = std::max(item.width, width16);
    if (std::int64_t{item.rows} + item.columns >= 1 << 16) width = width32;  // antidiagonals are numbered in a lane
    DiagonalFill fill(problem, stage_.scores, stage_.kernels.width[width], scratch);
    const auto timing = run_.time_kernel();
    const BestEnd end = fill.find_end(track_, run_.end_cells());
    run_.count_cells(part.diagonals.cells_of(item.rows, item.columns));
    if (end.i == DiagonalFill::overflowed) {
      redo_in(width32, item);
      return 0;
    }
    return settle(item, part, {end}) ? 1 : 0;
  }

  // Where the end is known, one walk finds the score and the path.
  std::size_t solve_in_strips(const Item& item, const Part& part, const Problem& problem, Scratch& scratch) {
    if (run_.alignment(item.pair).status == Status::outside_band) return 1;
    const auto timing = run_.time_kernel();
    const int writer = stage_.queue.slot();
    std::vector<CigarOp> unwanted;
    std::vector<CigarOp>& ops = run_.wants_path() ? stage_.cigars.ops(writer) : unwanted;
    const std::size_t first = ops.size();
    StripFill fill(problem, stage_.drifted_scores, stage_.kernels, scratch);
    Traceback walk(problem, item.rows, item.columns, 0, ops);
    CheckpointedPath(fill, walk, stage_.task_memory).run();
    walk.finish();
    run_.count_cells(part.diagonals.cells_of(item.rows, item.columns));
    if (!settle(item, part, {{static_cast<std::int32_t>(-walk.remaining()), item.rows, item.columns}})) {
      ops.resize(first);
      return 0;
    }
    if (run_.wants_path() && run_.alignment(item.pair).status == Status::aligned) {
      store_path(item.pair, walk, writer, first);
    }
    return 1;
  }

  void store_path(std::size_t pair, const Traceback& walk, int writer, std::size_t first_op) {
    Alignment& alignment = run_.alignment(pair);
    alignment.query_begin = static_cast<std::int32_t>(walk.i());
    alignment.target_begin = static_cast<std::int32_t>(walk.j());
    stage_.cigars.record(pair, writer, first_op);
  }

  Width strip_width(const Item& item) const {
    return std::max(item.width == width32 ? width32 : width16, LocalStrips::width_for(run_.boundary()));
  }

  bool fits_local_strips(const Item& item) const {
    return stage_.scores.has_padding() &&
           LocalStrips::memory(item.rows, item.columns, stage_.kernels, strip_width(item)) <=
               std::min(stage_.task_memory, most_strip_memory);
  }

  // One pass finds the end, and keeps enough to find the path.
  std::size_t solve_local_in_strips(const Item& item, Problem problem, Scratch& scratch) {
    const auto timing = run_.time_kernel();
    if (!exact_band_) problem.band = {};
    LocalStrips strips(problem, stage_.local_strip_scores(), stage_.kernels, strip_width(item), scratch);
    const std::int64_t most = std::max(problem.matrix->highest(), 0) * std::min(problem.rows(), problem.columns());
    const std::int64_t matters = run_.options().min_score;
    const std::int64_t least = std::max(stage_.least_score.guess(most), matters);
    BestEnd end = strips.find_end(item.diagonals, least);
    const auto overflowed = [&] { return end.i == LocalStrips::overflowed; };
    if (end.score < least && least > matters && !overflowed()) {
      end = strips.find_end(item.diagonals, std::max<std::int64_t>({end.score, matters, 1}));
    }
    if (overflowed()) {
      redo_in(width32, item);
      return 0;
    }
    stage_.least_score.note(end.score, most);
    run_.count_cells(strips.cells_computed());
    store(item.pair, end);
    if (run_.wants_path() && run_.alignment(item.pair).status == Status::aligned) {
      const int writer = stage_.queue.slot();
      std::vector<CigarOp>& ops = stage_.cigars.ops(writer);
      const std::size_t first = ops.size();
      Traceback walk(problem, end.i, end.j, end.score, ops);
      DiagonalRuns runs(stage_.kernels, stage_.scores, run_.options().matrix);
      strips.follow(walk, runs);
      walk.finish();
      store_path(item.pair, walk, writer, first);
    }
    return 1;
  }

  const Stage& stage_;
  Run& run_;
  bool local_;
  bool ends_in_corner_;  // and differences of scores fit a byte
  bool exact_band_;
  Track track_;
  std::mutex again_mutex_;
  std::vector<Item> again_;
};

}  // namespace

void find_ends(const Stage& stage) { EndFinder(stage).find_all(); }

}  // namespace anneal::align::cpu

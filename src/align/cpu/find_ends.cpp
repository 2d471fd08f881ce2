#include <algorithm>
#include <array>

#include "align/band_check.h"
#include "align/cpu/diagonal_runs.h"
#include "align/cpu/lane_fill.h"
#include "align/cpu/lone_ends.h"
#include "align/cpu/stream_ends.h"
#include "align/empty_pair.h"
#include "align/score_bound.h"

namespace anneal::align::cpu {
namespace {

class EndFinder {
 public:
  explicit EndFinder(const Stage& stage)
      : stage_(stage), run_(stage.run), local_(run_.boundary().local), exact_band_(run_.options().band >= 0),
        track_(track()), results_(stage), lone_(stage, results_, track_), streams_(stage, results_) {}

  void find_all() {
    std::vector<Item> items;
    items.reserve(stage_.slab.last() - stage_.slab.first());
    for (std::size_t pair = stage_.slab.first(); pair < stage_.slab.last(); ++pair) add_pair(pair, items);
    report(stage_.slab.last() - stage_.slab.first() - items.size());
    while (!items.empty()) {
      stream(items);
      const std::vector<Task> tasks = plan(items, stage_.kernels, limits());
      stage_.for_each_task(items, tasks, [&](std::span<const Item> group, bool in_lanes, Scratch& scratch) {
        report(in_lanes ? solve_in_lanes(group, scratch) : lone_.solve(group.front(), scratch));
      });
      items = results_.take_again();
    }
  }

 private:
  Track track() const {
    const bool needs_cell = run_.options().output != Output::score;
    return !local_ ? Track::last_cells : needs_cell ? Track::best_cell : Track::best_score;
  }

  // Computes those items in streams for which that pays, and takes them out of the list.
  void stream(std::vector<Item>& items) {
    const std::vector<StreamEnds::Group> groups = streams_.take(items);
    stage_.queue.parallel_for(groups.size(), [&](std::size_t number) {
      Scratch scratch(stage_.pool);
      report(streams_.solve(groups[number], scratch));
    });
  }

  // Work remains for pairs that need a path.
  void report(std::size_t pairs) { run_.advance(run_.wants_path() ? 0 : pairs); }

  PlanLimits limits() const {
    return {.exact_band = exact_band_,
            .traced = false,
            .in_strips = lone_.in_strips(),
            .strip_width = lone_.strip_width(),
            .strips_in_8_bits = lone_.strips_in_8_bits(),
            .path_follows = run_.wants_path(),
            .lanes_possible = stage_.scores.has_padding(),
            .task_memory = stage_.task_memory};
  }

  void add_pair(std::size_t pair, std::vector<Item>& items) {
    const std::int32_t rows = run_.batch().query_length(pair), columns = run_.batch().target_length(pair);
    if (!band_admits_path(rows, columns, run_.band(pair), run_.boundary(), run_.end_cells())) {
      run_.alignment(pair).status = Status::outside_band;
    }
    if (rows == 0 || columns == 0) return store_empty_pair(run_, pair);
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
    const bool positions_fit = std::max(item.rows, item.columns) < (1 << 16) - tile_columns(width8);
    const Width narrowest = positions_fit ? width8 : width16;
    if (!local_)
      return narrowest_width(run_.options(), score_bound(run_.options(), item.rows, item.columns), narrowest);
    const std::int64_t expected = known_score(item);
    const std::int64_t loss = std::max(run_.options().matrix.highest(), 0) * std::int64_t{item.rows} - expected;
    if (narrowest == width8 && expected > 0 && loss <= stage_.local.most_loss_in_8_bits) return width8;
    return narrowest_width(stage_.local.frames, expected, narrowest);
  }

  std::int64_t tile_columns(Width width) const { return stage_.kernels.width[width].tile_columns(local_); }

  // What most pairs like this one score, or this one does.
  std::int64_t known_score(const Item& item) const {
    return item.guess ? stage_.guess.expected_score(item) : item.reached.value_or(0);
  }

  // Whether most of them would have to be computed again in 16 bits.
  bool too_high_for(const LocalFrame& frame, std::span<const Item> group) const {
    if (!local_ || frame.row_gain > 0) return false;
    const auto is_too_high = [&](const Item& item) { return known_score(item) > frame.highest; };
    return stage_.eight_bits.seldom_suffice(group.front()) || std::ranges::any_of(group, is_too_high);
  }

  // Returns how many pairs are done; the others are computed again.
  std::size_t solve_in_lanes(std::span<const Item> group, Scratch& scratch) {
    const Width width = group.front().width;
    Part part = stage_.guess.part_to_fill(group);
    const Item hull = hull_of(group);
    const LocalFrame frame = local_ ? lane_frame(stage_, width, hull.rows, hull.columns, part.letters) : LocalFrame{};
    if (too_high_for(frame, group)) {
      for (const Item& item : group) results_.redo_in(static_cast<Width>(width + 1), item);
      return 0;
    }
    // Overflow shows at ends alone: no score may reach it before.
    if (local_) part.letters = std::min(part.letters, frame.highest / std::max(run_.options().matrix.highest(), 1) + 1);
    const LaneLetters query = load_lanes(stage_, group, Side::query, scratch);
    const LaneLetters target = load_lanes(stage_, group, Side::target, scratch);
    const Band band = part.diagonals.band();
    const TileLayout layout(query.longest, target.longest, band, tile_columns(width));
    std::array<std::int32_t, max_lanes> score{}, query_end{}, target_end{}, score_before{};
    LaneJob job =
        lane_job(stage_, width, query, target, layout, local_ && !exact_band_ ? Band{} : band, frame, scratch);
    job.track = track_;
    job.score = score.data();
    job.query_end = query_end.data();
    job.target_end = target_end.data();
    job.score_before = score_before.data();
    job.zone = part.zone();
    job.loss = part.loss;
    job.query_end_free = run_.end_cells().query_end_free;
    job.target_end_free = run_.end_cells().target_end_free;
    fill_lanes(stage_, width, job);
    DiagonalRuns runs(stage_.kernels, stage_.scores, run_.options().matrix);
    std::size_t done = 0;
    for (std::size_t lane = 0; lane < group.size(); ++lane) {
      const Item& item = group[lane];
      const bool overflowed = local_ && score[lane] == LaneJob::overflowed;
      const bool exact = frame.row_gain == 0 || score[lane] > (part.letters - 1) * run_.options().matrix.highest();
      if (frame.row_gain == 0) stage_.eight_bits.note(item, overflowed);
      if (overflowed) {
        results_.redo_in(static_cast<Width>(width + 1), item);
      } else if (results_.settle(item, part,
                                 {{score[lane], query_end[lane], target_end[lane]}, score_before[lane], exact})) {
        if (run_.wants_path()) results_.find_ungapped_path(runs, item.pair);
        ++done;
      }
    }
    return done;
  }

  const Stage& stage_;
  Run& run_;
  bool local_;
  bool exact_band_;
  Track track_;
  EndResults results_;
  LoneEnds lone_;
  StreamEnds streams_;
};

}  // namespace

void find_ends(const Stage& stage) { EndFinder(stage).find_all(); }

}  // namespace anneal::align::cpu

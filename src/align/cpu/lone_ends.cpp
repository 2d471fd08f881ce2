#include "align/cpu/lone_ends.h"

#include <algorithm>

#include "align/checkpointed_path.h"
#include "align/cpu/diagonal_fill.h"
#include "align/cpu/diagonal_runs.h"
#include "align/cpu/local_strips.h"
#include "align/cpu/strip_fill.h"

namespace anneal::align::cpu {
namespace {

// Beyond, two passes that keep nothing between them cost less than fresh memory does.
constexpr std::uint64_t most_strip_memory = std::uint64_t{512} << 20;

}  // namespace

LoneEnds::LoneEnds(const Stage& stage, EndResults& results, Track track)
    : stage_(stage), run_(stage.run), results_(results), track_(track), local_(run_.boundary().local),
      ends_in_corner_(run_.options().mode == Mode::global && differences_fit(run_.options().matrix, run_.boundary())) {}

std::size_t LoneEnds::solve(const Item& item, Scratch& scratch) const {
  Part part = stage_.guess.part_to_fill({&item, 1});
  part.letters = part.first_exact_row = 1;
  part.loss = {};
  const Problem problem{.query = stage_.slab.codes(item.pair, Side::query),
                        .target = stage_.slab.codes(item.pair, Side::target),
                        .boundary = run_.boundary(),
                        .band = part.diagonals.band(),
                        .matrix = &run_.options().matrix};
  if (ends_in_corner_) return solve_by_differences(item, part, problem, scratch);
  if (local_ && fits_local_strips(item)) return solve_local(item, problem, scratch);
  return solve_along_diagonals(item, part, problem, scratch);
}

std::size_t LoneEnds::solve_along_diagonals(const Item& item, const Part& part, const Problem& problem,
                                            Scratch& scratch) const {
  Width width = std::max(item.width, width16);
  if (std::int64_t{item.rows} + item.columns >= 1 << 16) width = width32;  // antidiagonals are numbered in a lane
  DiagonalFill fill(problem, stage_.scores, stage_.kernels.width[width], scratch);
  const auto timing = run_.time_kernel();
  const BestEnd end = fill.find_end(track_, run_.end_cells());
  run_.count_cells(part.diagonals.cells_of(item.rows, item.columns));
  if (end.i == DiagonalFill::overflowed) {
    results_.redo_in(width32, item);
    return 0;
  }
  return results_.settle(item, part, {end}) ? 1 : 0;
}

// Where the end is known, one walk finds the score and the path.
std::size_t LoneEnds::solve_by_differences(const Item& item, const Part& part, const Problem& problem,
                                           Scratch& scratch) const {
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
  if (!results_.settle(item, part, {{static_cast<std::int32_t>(-walk.remaining()), item.rows, item.columns}})) {
    ops.resize(first);
    return 0;
  }
  if (run_.wants_path() && run_.alignment(item.pair).status == Status::aligned) {
    results_.store_path(item.pair, walk, writer, first);
  }
  return 1;
}

Width LoneEnds::local_width(const Item& item) const {
  return std::max(item.width == width32 ? width32 : width16, LocalStrips::width_for(run_.boundary()));
}

bool LoneEnds::fits_local_strips(const Item& item) const {
  return stage_.scores.has_padding() &&
         LocalStrips::memory(item.rows, item.columns, stage_.kernels, local_width(item)) <=
             std::min(stage_.task_memory, most_strip_memory);
}

// One pass finds the end, and keeps enough to find the path.
std::size_t LoneEnds::solve_local(const Item& item, Problem problem, Scratch& scratch) const {
  const auto timing = run_.time_kernel();
  if (run_.options().band < 0) problem.band = {};
  LocalStrips strips(problem, stage_.local_strip_scores(), stage_.kernels, local_width(item), scratch);
  const std::int64_t most = std::max(problem.matrix->highest(), 0) * std::min(problem.rows(), problem.columns());
  const std::int64_t matters = run_.options().min_score;
  const std::int64_t least = std::max(stage_.least_score.guess(most), matters);
  BestEnd end = strips.find_end(item.diagonals, least);
  const auto overflowed = [&] { return end.i == LocalStrips::overflowed; };
  if (end.score < least && least > matters && !overflowed()) {
    end = strips.find_end(item.diagonals, std::max<std::int64_t>({end.score, matters, 1}));
  }
  if (overflowed()) {
    results_.redo_in(width32, item);
    return 0;
  }
  stage_.least_score.note(end.score, most);
  run_.count_cells(strips.cells_computed());
  results_.store(item.pair, end);
  if (run_.wants_path() && run_.alignment(item.pair).status == Status::aligned) {
    const int writer = stage_.queue.slot();
    std::vector<CigarOp>& ops = stage_.cigars.ops(writer);
    const std::size_t first = ops.size();
    Traceback walk(problem, end.i, end.j, end.score, ops);
    DiagonalRuns runs(stage_.kernels, stage_.scores, run_.options().matrix);
    strips.follow(walk, runs);
    walk.finish();
    results_.store_path(item.pair, walk, writer, first);
  }
  return 1;
}

}  // namespace anneal::align::cpu

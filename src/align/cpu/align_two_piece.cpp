#include <algorithm>

#include "align/band_check.h"
#include "align/checkpointed_path.h"
#include "align/cpu/ksw2_progress.h"
#include "align/cpu/stage.h"
#include "align/cpu/two_piece_fill.h"
#include "align/empty_pair.h"
#include "align/score_bound.h"

namespace anneal::align::cpu {
namespace {

// A trace that stays in the cache is faster than one that needs fresh pages.
constexpr std::uint64_t most_trace_memory = std::uint64_t{32} << 20;

// Pairs that share their working memory.
constexpr std::size_t most_task_pairs = 64;
constexpr std::uint64_t task_cells = std::uint64_t{1} << 22;

class TwoPieceSolver {
 public:
  TwoPieceSolver(const Stage& stage, Scratch& scratch)
      : stage_(stage), run_(stage.run), scratch_(scratch),
        trace_memory_(std::min(stage.task_memory, most_trace_memory)) {}

  void solve(std::size_t pair) const {
    const std::int32_t rows = run_.batch().query_length(pair), columns = run_.batch().target_length(pair);
    const bool is_empty = rows == 0 || columns == 0, extends = is_extension(run_.options().mode);
    if (!extends && !band_admits_path(rows, columns, run_.band(pair), run_.boundary(), run_.end_cells())) {
      run_.alignment(pair).status = Status::outside_band;
    } else if (is_empty) {
      extends ? store_empty_extension(run_, pair) : store_empty_pair(run_, pair);
      trace_path(pair);
    } else {
      const auto timing = run_.time_kernel();
      extends ? extend(pair) : align(pair);
    }
  }

 private:
  Problem problem(std::size_t pair, std::int64_t rows, std::int64_t columns) const {
    return {.query = stage_.slab.codes(pair, Side::query).first(static_cast<std::size_t>(rows)),
            .target = stage_.slab.codes(pair, Side::target).first(static_cast<std::size_t>(columns)),
            .boundary = run_.boundary(),
            .band = run_.band(pair),
            .gap_placement = run_.options().gap_placement,
            .matrix = &run_.options().matrix};
  }
  Problem problem(std::size_t pair) const {
    return problem(pair, run_.batch().query_length(pair), run_.batch().target_length(pair));
  }

  static std::uint64_t cells_of(const Problem& problem) {
    return diagonals_of(problem.band, problem.rows(), problem.columns()).cells_of(problem.rows(), problem.columns());
  }

  // From end to end: one walk finds the score and the path.
  void align(std::size_t pair) const {
    const Problem whole = problem(pair);
    TwoPieceFill fill(whole, stage_.scores, stage_.kernels, scratch_);
    run_.count_cells(cells_of(whole));
    if (!run_.wants_path()) return run_.set_end(pair, fill.corner_score(), whole.rows(), whole.columns());
    walk(pair, whole, 0, [&](Traceback& walk) {
      CheckpointedPath(fill, walk, trace_memory_).run();
      run_.set_end(pair, -walk.remaining(), whole.rows(), whole.columns());
    });
  }

  void extend(std::size_t pair) const {
    const Problem whole = problem(pair);
    TwoPieceFill fill(whole, stage_.scores, stage_.kernels, scratch_);
    const bool is_wide =
        fill.bits() > 8 || score_bound(run_.options(), whole.rows(), whole.columns()) >= width_max[width16];
    Ksw2Progress progress(whole, run_.options().zdrop, is_wide ? 32 : 16, stage_.kernels.vector_bytes,
                          scratch_.workspace);
    const bool traced = run_.wants_path() && fill.trace_bytes(0, fill.steps()) <= trace_memory_ / 2;
    fill.extend(progress, traced);
    run_.count_cells(progress.cells());
    const scalar::ExtensionResult found = progress.result();
    run_.set_extension(pair, found.score, found.query_end, found.target_end, found.extension);
    if (traced) {
      trace_path(pair, [&](Traceback& walk) {
        while (!walk.done()) walk.step(fill.bits(walk.i(), walk.j()));
      });
    } else {
      trace_path(pair);
    }
  }

  // To the end that was stored.
  void trace_path(std::size_t pair) const {
    if (!run_.wants_path() || run_.alignment(pair).status != Status::aligned) return;
    const auto [rows, columns] = run_.path_end(pair);
    const Problem rectangle = problem(pair, rows, columns);
    TwoPieceFill fill(rectangle, stage_.scores, stage_.kernels, scratch_);
    trace_path(pair, [&](Traceback& walk) {
      run_.count_cells(walk.done() ? 0 : cells_of(rectangle));
      CheckpointedPath(fill, walk, trace_memory_).run();
    });
  }

  template <class Advance>
  void trace_path(std::size_t pair, const Advance& advance) const {
    if (!run_.wants_path() || run_.alignment(pair).status != Status::aligned) return;
    const auto [rows, columns] = run_.path_end(pair);
    walk(pair, problem(pair, rows, columns), run_.alignment(pair).score, advance);
  }

  // Walks back from the rectangle's last cell, whose H is `score`, with `advance(walk)`, and stores the path.
  template <class Advance>
  void walk(std::size_t pair, const Problem& rectangle, std::int64_t score, const Advance& advance) const {
    const int writer = stage_.queue.slot();
    std::vector<CigarOp>& ops = stage_.cigars.ops(writer);
    const std::size_t first = ops.size();
    Traceback walk(rectangle, rectangle.rows(), rectangle.columns(), score, ops);
    advance(walk);
    walk.finish();
    Alignment& alignment = run_.alignment(pair);
    if (alignment.status != Status::aligned) return ops.resize(first);
    alignment.query_begin = static_cast<std::int32_t>(walk.i());
    alignment.target_begin = static_cast<std::int32_t>(walk.j());
    stage_.cigars.record(pair, writer, first);
  }

  const Stage& stage_;
  Run& run_;
  Scratch& scratch_;
  std::uint64_t trace_memory_;
};

// Where tasks begin, and the slab's end.
std::vector<std::size_t> task_cuts(const Stage& stage) {
  std::vector<std::size_t> cuts{stage.slab.first()};
  std::uint64_t cells = 0;
  for (std::size_t pair = stage.slab.first(); pair < stage.slab.last(); ++pair) {
    if (pair > cuts.back() && (cells >= task_cells || pair - cuts.back() == most_task_pairs)) {
      cuts.push_back(pair);
      cells = 0;
    }
    const std::int64_t rows = stage.run.batch().query_length(pair), columns = stage.run.batch().target_length(pair);
    cells += diagonals_of(stage.run.band(pair), rows, columns).cells_of(rows, columns);
  }
  cuts.push_back(stage.slab.last());
  return cuts;
}

}  // namespace

void align_two_piece(const Stage& stage) {
  const std::vector<std::size_t> cuts = task_cuts(stage);
  stage.queue.parallel_for(cuts.size() - 1, [&](std::size_t task) {
    Scratch scratch(stage.pool);
    const TwoPieceSolver solver(stage, scratch);
    for (std::size_t pair = cuts[task]; pair < cuts[task + 1]; ++pair) {
      solver.solve(pair);
      stage.run.advance(1);
    }
  });
}

}  // namespace anneal::align::cpu

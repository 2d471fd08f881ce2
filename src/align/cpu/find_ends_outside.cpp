#include <vector>

#include "align/cpu/diagonal_fill.h"
#include "align/cpu/stage.h"

namespace anneal::align::cpu {
namespace {

// What is best left and right of some columns no bound on scores tells before: all cells are computed, and each pair
// alone, since every lane would have other columns.
void find_end_outside(const Stage& stage, std::size_t pair, Scratch& scratch) {
  Run& run = stage.run;
  const Problem problem{.query = stage.slab.codes(pair, Side::query),
                        .target = stage.slab.codes(pair, Side::target),
                        .boundary = run.boundary(),
                        .band = run.band(pair),
                        .matrix = &run.options().matrix};
  const bool numbers_fit = problem.rows() + problem.columns() < 1 << 16;  // of antidiagonals, in a lane
  const auto timing = run.time_kernel();
  const std::uint64_t cells =
      diagonals_of(problem.band, problem.rows(), problem.columns()).cells_of(problem.rows(), problem.columns());
  BestEnd end{.i = DiagonalFill::overflowed};
  const Width narrowest = narrowest_width(run.options(), 0, numbers_fit ? width16 : width32);
  for (int width = narrowest; end.i == DiagonalFill::overflowed && width <= width32; ++width) {
    end = DiagonalFill(problem, stage.scores, stage.kernels.width[width], scratch)
              .find_local_end_outside(run.batch().excluded_ends(pair));
    run.count_cells(cells);
  }
  run.set_end(pair, end.score, end.i, end.j);
}

}  // namespace

void find_ends_outside(const Stage& stage) {
  Run& run = stage.run;
  std::vector<std::size_t> pairs;
  for (std::size_t pair = stage.slab.first(); pair < stage.slab.last(); ++pair) {
    const bool is_empty = run.batch().query_length(pair) == 0 || run.batch().target_length(pair) == 0;
    if (!is_empty && !run.batch().excludes_all_ends(pair)) pairs.push_back(pair);
  }
  run.advance(stage.slab.last() - stage.slab.first() - pairs.size());
  stage.queue.parallel_for(pairs.size(), [&](std::size_t number) {
    Scratch scratch(stage.pool);
    find_end_outside(stage, pairs[number], scratch);
    run.advance(1);
  });
}

}  // namespace anneal::align::cpu

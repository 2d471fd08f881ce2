#include "align/scalar/scalar_engine.h"

#include "align/band_check.h"
#include "align/checkpointed_path.h"
#include "align/empty_pair.h"
#include "align/run.h"
#include "align/scalar/extend.h"
#include "align/scalar/extend_ksw2.h"
#include "align/scalar/row_fill.h"

namespace anneal::align::scalar {
namespace {

constexpr std::size_t pairs_per_task = 16;

class PairSolver {
 public:
  PairSolver(Run& run, std::uint64_t memory) : run_(run), memory_(memory) {}

  /// Fills in the pair's alignment and appends its CIGAR to `cigar`.
  void solve(std::size_t pair, std::vector<CigarOp>& cigar) {
    query_.resize(static_cast<std::size_t>(run_.batch().query_length(pair)));
    target_.resize(static_cast<std::size_t>(run_.batch().target_length(pair)));
    const bool query_valid = run_.encode(pair, Side::query, query_.data());
    const bool target_valid = run_.encode(pair, Side::target, target_.data());
    if (!query_valid || !target_valid || run_.has_invalid_letter()) return;
    if (run_.batch().excludes_all_ends(pair)) return;
    run_.count_cells(query_.size() * target_.size());
    const auto timing = run_.time_kernel();
    if (is_extension(run_.options().mode)) {
      find_extension(pair);
    } else {
      find_end(pair);
    }
    if (run_.wants_path() && run_.alignment(pair).status == Status::aligned) trace_path(pair, cigar);
  }

 private:
  Problem problem(std::size_t pair, std::size_t rows, std::size_t columns) const {
    return {.query = Codes(query_).first(rows),
            .target = Codes(target_).first(columns),
            .boundary = run_.boundary(),
            .band = run_.band(pair),
            .gap_placement = run_.options().gap_placement,
            .matrix = &run_.options().matrix};
  }

  void find_end(std::size_t pair) {
    const Problem whole = problem(pair, query_.size(), target_.size());
    if (!band_admits_path(whole.rows(), whole.columns(), whole.band, whole.boundary, run_.end_cells())) {
      run_.alignment(pair).status = Status::outside_band;
      return;
    }
    const BestEnd best = RowFill(whole).find_end(run_.end_cells(), run_.batch().excluded_ends(pair));
    // A band may leave out the whole matrix, where a local alignment is empty.
    run_.set_end(pair, whole.boundary.local ? std::max(best.score, 0) : best.score, best.i, best.j);
  }

  void find_extension(std::size_t pair) {
    if (query_.empty() || target_.empty()) return store_empty_extension(run_, pair);
    const AlignOptions& options = run_.options();
    const ExtensionResult found = options.mode == Mode::extend
                                      ? extend(query_, target_, run_.batch().h0(pair), options)
                                      : extend_ksw2(problem(pair, query_.size(), target_.size()), options.zdrop);
    run_.set_extension(pair, found.score, found.query_end, found.target_end, found.extension);
  }

  void trace_path(std::size_t pair, std::vector<CigarOp>& cigar) {
    const auto [rows, columns] = run_.path_end(pair);
    const Problem rectangle = problem(pair, static_cast<std::size_t>(rows), static_cast<std::size_t>(columns));
    RowFill fill(rectangle);
    Traceback walk(rectangle, rows, columns, run_.alignment(pair).score, cigar);
    CheckpointedPath(fill, walk, memory_).run();
    walk.finish();
    run_.alignment(pair).query_begin = static_cast<std::int32_t>(walk.i());
    run_.alignment(pair).target_begin = static_cast<std::int32_t>(walk.j());
  }

  Run& run_;
  std::uint64_t memory_;
  std::vector<std::uint8_t> query_;
  std::vector<std::uint8_t> target_;
};

}  // namespace

void ScalarEngine::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                           AlignResults& results) const {
  Run run(batch, options, control, results);
  const std::size_t tasks = (batch.size() + pairs_per_task - 1) / pairs_per_task;
  CigarCollector cigars(cigar_memory_, batch.size(), queue_.threads());
  queue_.parallel_for(tasks, [&](std::size_t task) {
    PairSolver solver(run, task_memory_);
    const int writer = queue_.slot();
    const std::size_t last = std::min(batch.size(), (task + 1) * pairs_per_task);
    run.clear(task * pairs_per_task, last);
    cigars.clear(task * pairs_per_task, last);
    for (std::size_t pair = task * pairs_per_task; pair < last; ++pair) {
      const std::size_t first = cigars.ops(writer).size();
      solver.solve(pair, cigars.ops(writer));
      cigars.record(pair, writer, first);
      run.advance(1);
    }
  });
  if (run.wants_path()) cigars.merge_into(results, queue_);
  run.finish(name(), queue_.threads());
}

}  // namespace anneal::align::scalar

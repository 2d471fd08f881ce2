#include "align/cpu/end_results.h"

#include <algorithm>

namespace anneal::align::cpu {

void EndResults::store(std::size_t pair, const BestEnd& end) {
  if (run_.alignment(pair).status == Status::outside_band) return;
  run_.set_end(pair, end.score, end.i, end.j);
}

bool EndResults::settle(Item item, const Part& filled, const Found& found) {
  if (stage_.guess.confirms(item, filled, found)) {
    store(item.pair, found.end);
    return true;
  }
  item.guess = false;
  // Where scores are lifted to what is too low to matter, none below that is known to be reached.
  if (found.end.score != BestEnd::minus_infinity && found.exact) item.reached = found.end.score;
  if (run_.boundary().local) {
    item.width = std::max(item.width, narrowest_width(stage_.local.frames, item.reached.value_or(0)));
  }
  redo(item);
  return false;
}

void EndResults::redo_in(Width width, Item item) {
  item.width = width;
  redo(item);
}

void EndResults::find_ungapped_path(DiagonalRuns& runs, std::size_t pair) {
  const Alignment& alignment = run_.alignment(pair);
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
  store_path(pair, walk, writer, first);
}

void EndResults::store_path(std::size_t pair, const Traceback& walk, int writer, std::size_t first_op) {
  Alignment& alignment = run_.alignment(pair);
  alignment.query_begin = static_cast<std::int32_t>(walk.i());
  alignment.target_begin = static_cast<std::int32_t>(walk.j());
  stage_.cigars.record(pair, writer, first_op);
}

void EndResults::redo(const Item& item) {
  const std::scoped_lock lock(again_mutex_);
  again_.push_back(item);
}

}  // namespace anneal::align::cpu

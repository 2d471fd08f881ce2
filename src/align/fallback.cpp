#include "align/fallback.h"

namespace anneal::align {

void solve_by(const Engine& engine, Run& run, const std::vector<std::size_t>& pairs, CigarCollector* cigars,
              int writer) {
  if (pairs.empty()) return;
  const Batch& batch = run.batch();
  std::vector<std::string_view> queries, targets;
  std::vector<std::int32_t> centres, h0;
  std::vector<ExcludedEnds> excluded_ends;
  for (const std::size_t pair : pairs) {
    queries.push_back(batch.query(pair));
    targets.push_back(batch.target(pair));
    centres.push_back(batch.band_centre(pair));
    if (run.options().mode == Mode::extend) h0.push_back(batch.h0(pair));
    if (batch.has_excluded_ends()) excluded_ends.push_back(batch.excluded_ends(pair));
  }
  std::string query_room, target_room;
  queries = batch.on_host(std::move(queries), query_room);
  targets = batch.on_host(std::move(targets), target_room);
  const PairBatch some{
      .queries = queries, .targets = targets, .band_centres = centres, .h0 = h0, .letters = batch.letters()};
  AlignResults found;
  engine.execute(Batch(some, run.options()).without_ends(excluded_ends), run.options(), {}, found);
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    run.alignment(pairs[k]) = found.alignments[k];
    if (!found.extensions.empty()) run.extension(pairs[k]) = found.extensions[k];
    if (cigars == nullptr) continue;
    std::vector<CigarOp>& ops = cigars->ops(writer);
    const std::size_t first = ops.size();
    ops.insert(ops.end(), found.cigar(k).begin(), found.cigar(k).end());
    cigars->record(pairs[k], writer, first);
  }
  run.count_fallbacks(pairs.size());
  run.count_cells(found.cells_computed);
}

}  // namespace anneal::align

// What a group of lanes does with the pairs of a batch whose paths are wanted: the body of the kernels, which tests run
// on the host. `add(counter, amount)` returns what the counter was before.
#pragma once

#include <cstdint>

#include "align/cuda/path_batch.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/path_program.h"

namespace anneal::align::cuda {

ANNEAL_FN int pairs_of(const PathBatch& batch) {
  return batch.counted_pairs == nullptr ? batch.pairs : *batch.counted_pairs;
}

/// What a batch says of a pair.
ANNEAL_FN recurrence::PathPair path_pair(const PathBatch& batch, int pair) {
  return {.query = batch.queries.letters + batch.queries.begins[pair],
          .target = batch.targets.letters + batch.targets.begins[pair],
          .query_length = batch.queries.lengths[pair],
          .target_length = batch.targets.lengths[pair],
          .end = batch.ends[pair],
          .band_centre = batch.band_centres == nullptr ? 0 : batch.band_centres[pair]};
}

template <class Add>
ANNEAL_FN void leave_out(const PathBatch& batch, int pair, const Add& add) {
  batch.left_out[add(batch.left_out_count, std::int32_t{1})] = pair;
}

/// Moves a path's operations, which end at `end`, to where those of the batch are.
template <class Add>
ANNEAL_FN void store_path(const PathBatch& batch, int pair, const recurrence::PathResult& path,
                          const recurrence::Word* end, const Add& add) {
  const auto ops = static_cast<std::uint32_t>(path.ops);
  const unsigned long long place = add(batch.ops_used, static_cast<unsigned long long>(ops));
  const bool has_room = place + ops <= batch.ops_room;
  if (has_room) {
    for (std::uint32_t op = 0; op < ops; ++op) batch.ops[place + op] = end[static_cast<std::int64_t>(op) - ops];
  }
  batch.entries[pair] = {path.query_begin, path.target_begin, ops,
                         has_room ? static_cast<std::uint32_t>(place) : PathEntry::no_room};
}

/// The alignments of one of a launch's groups: of the pairs that `order` has at its place, of which there are `count`.
/// Pairs that the program cannot do become -1, and the lane that `reports` leaves them out.
template <class Program, class Add>
ANNEAL_FN void load_path_job(const PathBatch& batch, const recurrence::PathParameters& parameters, int count, int group,
                             bool reports, int (&pairs)[Program::parts], typename Program::Job& job,
                             typename Program::Plan& plan, const Add& add) {
  bool fits[Program::parts];
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    const std::int64_t place = (std::int64_t{batch.first_job} + group) * Program::parts + part;
    pairs[part] = place < count ? batch.order[place] : -1;
    if (pairs[part] >= 0) job.of.pair[part] = path_pair(batch, pairs[part]);
    fits[part] = pairs[part] >= 0 &&
                 Program::Plan::plan_part(parameters, job.of.pair[part], job.of.rectangle[part], job.of.zero[part]);
  }
  plan.make_hull(job.of.rectangle);
  const bool has_room = plan.words() <= batch.words_per_group;
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    if (pairs[part] >= 0 && !(fits[part] && has_room)) {
      if (reports) leave_out(batch, pairs[part], add);
      pairs[part] = -1;
    }
    if (pairs[part] < 0 || !has_room) job.of.rectangle[part] = recurrence::PathRectangle{};
  }
  if (!has_room) plan.make_hull(job.of.rectangle);
  if (Program::retraces) plan.keep_within(batch.words_per_group);
  job.workspace = batch.workspace + batch.words_per_group * group;
}

/// Walks back over what a group has filled.
template <class Program, class Add>
ANNEAL_FN void walk_path(const PathBatch& batch, const recurrence::PathParameters& parameters, int group, int part,
                         const Add& add) {
  if (group >= batch.groups) return;
  typename Program::Job job{};
  typename Program::Plan plan{};
  int pairs[Program::parts];
  load_path_job<Program>(batch, parameters, pairs_of(batch), group, false, pairs, job, plan, add);
  const int pair = part == 0 ? pairs[0] : pairs[Program::parts - 1];
  if (pair < 0) return;
  const typename Program::Walks walks(job, plan, parameters);
  store_path(batch, pair, walks.find(part), walks.ops_end(part), add);
}

}  // namespace anneal::align::cuda

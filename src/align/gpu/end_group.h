// What a group of lanes does with the pairs of a batch: the body of the kernels, which tests run on the host.
#pragma once

#include "align/gpu/end_batch.h"
#include "align/recurrence/compat.h"
#include "align/recurrence/end_program.h"

namespace anneal::align::gpu {

/// Pairs that share a Word; -1 for none.
template <class Program>
struct GroupPairs {
  int index[Program::parts];
};

/// The pairs at a group's place in a batch's order, of which there are `count`: neighbours, or none beyond its end.
template <class Program>
ANNEAL_FN GroupPairs<Program> load_job(ANNEAL_THREAD const EndBatch& batch, int count, int group,
                                       ANNEAL_THREAD typename Program::Job& job) {
  GroupPairs<Program> pairs;
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    const Offset place = static_cast<Offset>(group) * Program::parts + part;
    const bool exists = place < count;
    const int pair = exists ? batch.order[place] : -1;
    pairs.index[part] = pair;
    job.query_length[part] = exists ? batch.queries.lengths[pair] : 0;
    job.target_length[part] = exists ? batch.targets.lengths[pair] : 0;
    job.query[part] = exists ? batch.queries.letters + batch.queries.begins[pair] : nullptr;
    job.target[part] = exists ? batch.targets.letters + batch.targets.begins[pair] : nullptr;
  }
  return pairs;
}

/// Where a group's job has its rows.
template <class Program>
ANNEAL_FN ANNEAL_GLOBAL recurrence::Border* borders_of(ANNEAL_THREAD const EndBatch& batch, int group, int job) {
  if (Program::one_strip && !Program::keeps_checkpoints) return nullptr;
  return batch.borders + batch.borders_per_group * (Program::keeps_checkpoints ? job : group);
}

template <class Program>
ANNEAL_FN void store_checkpoints(ANNEAL_THREAD const EndBatch& batch, ANNEAL_THREAD const GroupPairs<Program>& pairs,
                                 ANNEAL_THREAD const Program& program,
                                 ANNEAL_THREAD const recurrence::EndCell (&ends)[Program::parts]) {
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    const bool is_known = pairs.index[part] >= 0 && ends[part].score != recurrence::EndCell::overflowed;
    if (is_known) batch.checkpoints[pairs.index[part]] = program.checkpoints(part);
  }
}

/// `count_one(counter)` returns what the counter was before.
template <class Program, class CountOne>
ANNEAL_FN void store_ends(ANNEAL_THREAD const EndBatch& batch, ANNEAL_THREAD const GroupPairs<Program>& pairs,
                          ANNEAL_THREAD const recurrence::EndCell (&ends)[Program::parts],
                          ANNEAL_THREAD const CountOne& count_one) {
  ANNEAL_UNROLL
  for (int part = 0; part < Program::parts; ++part) {
    const int pair = pairs.index[part];
    if (pair < 0) continue;
    batch.results[pair] = ends[part];
    if (Program::Form::has_dust && ends[part].query_end == recurrence::EndCell::undecided) {
      batch.undecided[count_one(batch.undecided_count)] = pair;
    }
  }
}

}  // namespace anneal::align::gpu

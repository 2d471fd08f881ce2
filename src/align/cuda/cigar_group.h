// What the kernels before and after those that fill matrices do for one pair, also where tests run them on the host.
#pragma once

#include "align/cuda/path_group.h"
#include "align/recurrence/ungapped_path.h"

namespace anneal::align::cuda {

/// Of the pair at `place` of a batch's order. False if the letters do not tell its path: it is to be left out.
ANNEAL_FN bool find_ungapped_path(const PathBatch& batch, const recurrence::PathParameters& parameters,
                                  std::int64_t place) {
  const int index = batch.order[place];
  const recurrence::PathPair pair = path_pair(batch, index);
  if (pair.end.score < parameters.min_score || (parameters.local && pair.end.score <= 0)) {
    batch.entries[index] = {-1, -1, 0, PathEntry::told_by_letters};
    return true;
  }
  const recurrence::UngappedPath path(parameters, pair, batch.pair_scores);
  const int length = path.find();
  if (length < 0) return false;
  recurrence::OpCounter counter;
  const recurrence::PathResult result = path.write(length, counter);
  batch.entries[index] = {result.query_begin, result.target_begin, static_cast<std::uint32_t>(counter.count),
                          PathEntry::told_by_letters};
  return true;
}

/// Writes a pair's operations to where they belong in input order.
ANNEAL_FN void gather_cigar(const PathBatch& batch, const recurrence::PathParameters& parameters, int index,
                            const PathEntry& entry, const CigarBatch& cigars, std::uint64_t offset) {
  if (entry.ops == 0 || entry.place == PathEntry::no_room || offset + entry.ops > cigars.ops_room) return;
  recurrence::Word* const to = cigars.ops + offset;
  if (entry.place != PathEntry::told_by_letters) {
    for (std::uint32_t op = 0; op < entry.ops; ++op) to[op] = batch.ops[entry.place + op];
    return;
  }
  const recurrence::PathPair pair = path_pair(batch, index);
  const int rows = pair.end.query_end - entry.query_begin, columns = pair.end.target_end - entry.target_begin;
  recurrence::OpWriter writer{to + entry.ops};
  recurrence::UngappedPath(parameters, pair, batch.pair_scores).write(rows < columns ? rows : columns, writer);
}

}  // namespace anneal::align::cuda

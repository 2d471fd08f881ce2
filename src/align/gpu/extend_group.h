// What a group of lanes does with a pair of a batch of Mode::extend: the body of the kernels, which tests run on the
// host.
#pragma once

#include "align/gpu/extend_batch.h"
#include "align/recurrence/compat.h"

namespace anneal::align::gpu {

/// The job of a pair, for the group of that number among those in flight.
ANNEAL_FN recurrence::ExtendJob extend_job(ANNEAL_THREAD const ExtendBatch& batch, int pair, int group) {
  return {.query = batch.queries.letters + batch.queries.begins[pair],
          .target = batch.targets.letters + batch.targets.begins[pair],
          .query_length = batch.queries.lengths[pair],
          .target_length = batch.targets.lengths[pair],
          .h0 = batch.h0[pair],
          .band = batch.bands[pair],
          .rows = batch.rows + batch.rows_per_group * group};
}

}  // namespace anneal::align::gpu

// What kernels for Mode::extend can do: what engines choose by.
#pragma once

#include <cstdint>

#include "align/gpu/extend_shape.h"
#include "align/recurrence/extend_parameters.h"

namespace anneal::align::gpu {

struct ExtendTraits {
  ExtendShape shape;

  bool (*takes_penalties)(int gap_open, int gap_extend);
  /// Of penalties and a matrix that it takes.
  bool (*takes_pair)(const recurrence::ExtendNeed& need);
  recurrence::ExtendParameters (*make_parameters)(const recurrence::ExtendCosts& costs);
  /// ExtendBatch::rows_per_group for queries of at most this length.
  std::int64_t (*rows_per_group)(std::int64_t query_length);

  int groups_per_block() const { return shape.threads / shape.lanes; }
  /// Blocks that give every pair a group of its own.
  std::int64_t blocks_for(std::int64_t pairs) const { return (pairs + groups_per_block() - 1) / groups_per_block(); }
};

/// That of a program.
template <class Program>
ExtendTraits extend_traits_of(const ExtendShape& shape) {
  return {.shape = shape,
          .takes_penalties = recurrence::takes_penalties<Program>,
          .takes_pair = recurrence::takes_pair<Program>,
          .make_parameters = recurrence::extend_parameters<Program>,
          .rows_per_group = recurrence::row_ints<Program>};
}

}  // namespace anneal::align::gpu

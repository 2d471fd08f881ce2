// The kernels that find ends, by what they can do, and their launch.
#pragma once

#include <span>
#include <string_view>

#include "align/gpu/end_batch.h"
#include "align/gpu/end_traits.h"
#include "align/gpu/rows_end_batch.h"
#include "device/metal/kernel.h"

namespace anneal::device::metal {
class Queue;
}

namespace anneal::align::metal {

struct EndKernel : gpu::EndTraits {
  std::string_view name;  ///< in the source
  const device::metal::Source* source;

  /// `groups`: that have memory, and run in one command buffer; any number is right.
  void launch(device::metal::Queue& queue, const gpu::EndBatch& batch, const recurrence::EndParameters& parameters,
              unsigned groups) const;
};

/// In the order of end_shape.h, from the cheapest on.
std::span<const EndKernel> end_kernels(bool local, gpu::ScoreKind scores);

inline constexpr unsigned rows_end_threads = 64;
inline constexpr unsigned rows_end_groups = rows_end_threads / gpu::RowsEndProgram::lanes;  ///< of lanes, per group

/// Finds ends whatever the options. `groups` as above.
void launch_rows_end(device::metal::Queue& queue, const gpu::RowsEndBatch& batch,
                     const recurrence::RowsEndParameters& parameters, unsigned groups);

}  // namespace anneal::align::metal

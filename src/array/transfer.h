// Values from one memory to another.
#pragma once

#include "array/strided.h"

namespace anneal::array {

/// The same values in `memory` (null: the host's). Strides stay what they are where the elements fill at least half of
/// the memory between the first and the last one, or are repeated; else the copy is in row-major order. Returns when
/// the copy can be used. Throws Error(out_of_memory), and what the device reports.
Values copied_to(gpu::Gpu* memory, const Values& values);

/// The same values in row-major order, in the memory that they are in.
Values row_major_copy(const Values& values);

}  // namespace anneal::array

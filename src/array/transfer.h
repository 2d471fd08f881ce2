// Values from one memory to another.
#pragma once

#include "array/strided.h"

namespace anneal::array {

/// The same values in `memory` (null: the host's). Strides stay what they are; but of elements that fill less than half
/// of the memory that they lie in, what is brought to a GPU is a copy in row-major order. Returns when the copy can be
/// used. Throws Error(out_of_memory), and what the device reports.
Values copied_to(gpu::Gpu* memory, const Values& values);

/// The same values in row-major order, in the memory that they are in, or the host's where that is full.
Values row_major_copy(const Values& values);

}  // namespace anneal::array

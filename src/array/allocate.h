// Memory for elements.
#pragma once

#include "array/strided.h"

namespace anneal::array {

/// Memory for new elements, in row-major order without gaps.
struct Allocated {
  Values values;
  std::byte* data;  ///< the same memory, to be written before anybody else has the values
};

/// Aligned to 64 bytes or more, with 64 more behind the last element; memory of earlier results where there is some
/// that fits. The shape must be checked. Throws Error(out_of_memory).
Allocated allocate(DType dtype, Shape shape);

}  // namespace anneal::array

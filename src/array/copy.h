// Memory for elements, and copies of them.
#pragma once

#include "array/strided.h"

namespace anneal::array {

/// Memory for new elements, in row-major order without gaps.
struct Allocated {
  Values values;
  std::byte* data;  ///< the same memory, to be written before anybody else has the values
};

/// Aligned to 64 bytes, with 64 more behind the last element. The shape must be checked. Throws Error(out_of_memory).
Allocated allocate(DType dtype, Shape shape);

/// All elements, in row-major order.
void copy_elements(std::byte* to, const Strided& from);

}  // namespace anneal::array

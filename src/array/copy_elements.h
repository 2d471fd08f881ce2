// Copies of elements.
#pragma once

#include "array/strided.h"

namespace anneal::array {

/// All elements, in row-major order.
void copy_elements(std::byte* to, const Strided& from);

}  // namespace anneal::array

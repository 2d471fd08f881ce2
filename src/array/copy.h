// Elements from one layout to another.
#pragma once

#include "array/dense.h"
#include "array/strided.h"

namespace anneal::array {

/// All elements of `from` to the same places of `to`. Shapes are equal; dtypes, too, or `from` is f16 or bf16 and `to`
/// f32. Memory does not overlap.
void copy(const Strided& from, const MutableStrided& to);

/// A copy in row-major order, of the same dtype or of f32 from f16 and bf16.
Dense dense_copy(const Strided& from, DType dtype);

}  // namespace anneal::array

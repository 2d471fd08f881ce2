// Small and large instances of every operation: what backends are validated by and measured at.
#pragma once

#include <functional>
#include <vector>

#include "anneal/array.h"
#include "array/operation.h"

namespace anneal::array {

/// Whether there is such an operation of this dtype. Sums and products are of floats and i64, which integers are cast
/// to; any and all are of booleans; a cast is to the dtype.
bool is_defined(Operation operation, DType dtype);

/// Does the operation once more, of the same operands. What is lazy is not computed.
using Sample = std::function<Array()>;

/// Of `count` elements or some more; a product has `count` multiplications or some more. Operands are random, always
/// the same, and small integers where the dtype is one; of floats up to 4 in size, with NaN, infinities and zeros among
/// them where `with_edges`. They are computed here.
Sample sample_of(Operation operation, DType dtype, std::int64_t count, bool with_edges);

/// The same operation of operands that are laid out in other ways, for operations whose kernels depend on that; few
/// elements.
std::vector<Sample> samples_of_layouts(Operation operation, DType dtype);

/// How much a result may be off from another right one, in units of its size or, where terms are added up, of theirs.
double sample_tolerance(DType dtype);
/// The size of what was added up to get an element of sample_of(): 0 where nothing was.
double size_of_terms(Operation operation, std::int64_t count);

}  // namespace anneal::array

// What reductions are in the kernels' language.
#pragma once

#include <string>

#include "anneal/array.h"
#include "array/op.h"

namespace anneal::array::gpu {

/// Defines, for elements as registers have them of `dtype`, the struct Accumulator and
///
///   Accumulator empty()                        of no elements
///   Accumulator added(acc, x, place)           with one more, whose place among those that are reduced is an i64
///   Accumulator combined(a, b)                 of both; the elements of a come before those of b
///   Result finished(acc)                       as registers have the result
///
/// Where places are found, also the struct Candidate, which has a value and when it was seen, and
///
///   Candidate no_candidate()                   before the first turn, which is number 0
///   Candidate better(best, x, turn)            of what was seen, where x comes after it
///
/// Sums of floats: Knuth's TwoSum, The Art of Computer Programming, vol. 2, 4.2.2.
std::string reduction_text(Reduction reduction, DType dtype);

}  // namespace anneal::array::gpu

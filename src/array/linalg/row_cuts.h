// Where the rows of a product can be cut without a change to its last bits.
//
// BLAS adds up each element of a product in an order that follows from the number of terms, and from which of its
// kernels computes the element: that depends on where the element is among the rows and columns of the call. OpenBLAS
// takes rows in blocks, of up to 24 with the kernels of its release 0.3.21, and columns in ways that are harder to
// tell.
#pragma once

#include <cstdint>

namespace anneal::array::linalg {

/// The smallest step at whose multiples rows can be cut, if each part has at least least_multiplications (tiles.h); 0
/// if none is known. It is found by a few milliseconds of products when it is first asked for, and is the same until
/// the program ends. Thread-safe. T is float or double.
template <class T>
std::int64_t row_step();

}  // namespace anneal::array::linalg

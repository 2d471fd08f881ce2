// Where the rows and columns of a product can be cut without a change to its last bits.
//
// BLAS adds up each element of a product in an order that follows from the number of terms, and from which of its
// kernels computes the element: that depends on where the element is among the rows and columns of the call. OpenBLAS
// takes rows in blocks, of up to 24 with the kernels of its release 0.3.21; how it takes columns depends on their
// number too, but many of its kernels add up alike where none are left over.
#pragma once

#include <cstdint>

namespace anneal::array::linalg {

/// The smallest steps at whose multiples rows, or columns, can be cut, if each part has at least least_multiplications
/// (tiles.h); 0 if none is known. Columns can be cut only where their number is a multiple too.
struct CutSteps {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
};

/// Found by a few milliseconds of products when they are first asked for, and the same until the program ends.
/// Thread-safe. T is float or double.
template <class T>
CutSteps cut_steps();

}  // namespace anneal::array::linalg

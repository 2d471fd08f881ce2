// Whether any path of a mode lies inside a band, from geometry alone.
//
// If one cell where an alignment may begin is inside, every cell inside is reachable: slide along the first row or
// column to its diagonal. So this also promises kernels that no cell inside the band is unreachable.
#pragma once

#include "align/problem.h"

namespace anneal::align {

/// `rows` and `columns` are the lengths of query and target.
bool band_admits_path(std::int64_t rows, std::int64_t columns, const Band& band, const Boundary& boundary,
                      const EndCells& ends);

}  // namespace anneal::align

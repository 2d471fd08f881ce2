// Edges between strips, in memory: for each query and column, H and F below the strip.
#pragma once

#include "search/cuda/strip_rows.h"

namespace anneal::search::cuda {

/// Of one query and column, H in the lower half. So a query's edges do not depend on what shared its registers.
template <class Form>
struct StoredEdge {
  Word both;

  ANNEAL_FN static Edge join(const StoredEdge (&parts)[2]) {
    using align::recurrence::select_bytes;
    return {select_bytes(parts[0].both, parts[1].both, 0x5410), select_bytes(parts[0].both, parts[1].both, 0x7632)};
  }
  ANNEAL_FN static StoredEdge part(const Edge& edge, int index) {
    return {align::recurrence::select_bytes(edge.h, edge.f, index == 0 ? 0x5410 : 0x7632)};
  }
};

template <>
struct alignas(8) StoredEdge<Whole> {
  Word h, f;

  ANNEAL_FN static Edge join(const StoredEdge (&parts)[1]) { return {parts[0].h, parts[0].f}; }
  ANNEAL_FN static StoredEdge part(const Edge& edge, int) { return {edge.h, edge.f}; }
};

}  // namespace anneal::search::cuda

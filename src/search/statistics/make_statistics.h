// Statistics with a place for what is simulated.
#pragma once

#include "anneal/statistics.h"
#include "search/statistics/parameter_store.h"

namespace anneal::search {

/// As Statistics::of(), with results of simulations in `store`.
Statistics make_statistics(const SubstitutionMatrix& matrix, int gap_open, int gap_extend, int threads,
                           const ParameterStore& store, const SimulationSize& size = {});

}  // namespace anneal::search

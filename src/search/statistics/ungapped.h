// Karlin and Altschul's theory of local alignments without gaps: PNAS 87 (1990) 2264.
#pragma once

#include <optional>

#include "search/statistics/score_distribution.h"

namespace anneal::search {

struct UngappedParameters {
  double lambda = 0;
  double k = 0;
  double h = 0;
};

/// Nothing where the theory does not hold: no score is above 0, or the mean is not below 0, or so little below it that
/// K does not converge.
std::optional<UngappedParameters> ungapped_parameters(const ScoreDistribution& scores);

}  // namespace anneal::search

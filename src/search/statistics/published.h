// Parameters that NCBI published, for the scorings that it published them for.
#pragma once

#include <optional>

#include "anneal/scoring.h"
#include "anneal/statistics.h"

namespace anneal::search {

/// By the scores of amino acids or nucleotides with each other, not by the matrix's name.
std::optional<ScoreParameters> published_parameters(const SubstitutionMatrix& matrix, int gap_open, int gap_extend);

struct GapCosts {
  int gap_open;
  int gap_extend;
};

/// Gap costs by which a built-in matrix for proteins with these scores has E-values.
std::optional<GapCosts> usable_gap_costs(const SubstitutionMatrix& matrix);

}  // namespace anneal::search

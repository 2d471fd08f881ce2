// Parameters that NCBI published, for the scorings that it published them for.
#pragma once

#include <optional>

#include "anneal/scoring.h"
#include "anneal/statistics.h"

namespace anneal::search {

/// By the scores of amino acids or nucleotides with each other, not by the matrix's name.
std::optional<ScoreParameters> published_parameters(const SubstitutionMatrix& matrix, int gap_open, int gap_extend);

}  // namespace anneal::search

// Whether an engine finds on this machine what another one finds.
#pragma once

#include <string>

#include "anneal/scoring.h"
#include "search/engine.h"

namespace anneal::search {

/// Searches for a few queries of the matrix's letters, from a fixed seed, in some hundred targets: short and long,
/// related and not. Empty where both find the same; else what differs. Throws what the engines throw.
std::string self_test_failure(Engine& engine, Engine& trusted, const SubstitutionMatrix& matrix);

}  // namespace anneal::search

// Which engine searches.
#pragma once

#include <memory>

#include "anneal/search.h"
#include "search/engine.h"

namespace anneal::search {

/// The engine for the backend that `scores`, an aligner of local scores by the same options, has. The aligner is
/// borrowed.
std::unique_ptr<Engine> make_engine(const Aligner& scores);

}  // namespace anneal::search

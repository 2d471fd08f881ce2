// Results of contests as a table and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "contest.h"

namespace anneal::bench {

/// One line per timed entry with its median, spread, GCUPS and ratio to the best peer; then those that are out, and
/// why.
std::string table(const Contest& contest);

nlohmann::json to_json(const Contest& contest);

/// Version, commit, compiler and processor of this run.
nlohmann::json describe_run();

}  // namespace anneal::bench

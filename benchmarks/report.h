// Results of contests as a table and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "contest.h"

namespace anneal::bench {

/// One line per timed entry with its median, spread, GCUPS, cells per cycle and how many times its rate anneal's best
/// has; then those that are out, and why.
std::string table(const Contest& contest);

nlohmann::json to_json(const Contest& contest);

/// Version, commit, compiler, processor and date of this run.
nlohmann::json describe_run();

/// The same in one line.
std::string headline(const nlohmann::json& run);

}  // namespace anneal::bench

// What anneal filter says that it did.
#pragma once

#include <string>
#include <vector>

#include "reads/read_filter.h"

namespace anneal::cli {

/// Lines for people.
std::vector<std::string> filter_summary(const reads::FilterCounts& counts, bool paired);

/// The same as JSON; docs/filter.md describes it.
std::string filter_json(const reads::FilterCounts& counts, bool paired);

}  // namespace anneal::cli

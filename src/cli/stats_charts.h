// The charts of anneal stats --html.
#pragma once

#include <string>

#include "reads/read_statistics.h"

namespace anneal::cli {

/// Figures of HTML, each with a chart: those for which the reads have figures.
std::string stats_charts(const reads::ReadStatistics& reads);

}  // namespace anneal::cli

// The charts of anneal stats --html.
#pragma once

#include <string>

#include "cli/stats_report.h"

namespace anneal::cli {

/// Figures of HTML, each with a chart: those for which the file has numbers.
std::string stats_charts(const FileStatistics& file);

}  // namespace anneal::cli

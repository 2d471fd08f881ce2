#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/benchmark.h"
#include "cli/report_table.h"

namespace anneal::cli {

std::string to_json(const BenchmarkReport& report) {
  nlohmann::ordered_json json = {
      {"backend", report.backend},
      {"pairs", report.pairs},
      {"cells", report.cells},
      {"kernel_seconds", report.kernel_seconds()},
      {"total_seconds", report.total_seconds()},
      {"gcups_kernel", gcups(report.cells, report.kernel_seconds())},
      {"gcups_total", gcups(report.cells, report.total_seconds())},
      {"alignments_per_second", rate(static_cast<double>(report.pairs), report.total_seconds())},
      {"cells_computed", report.cells_computed},
      {"fallbacks", report.fallbacks},
      {"repeats", nlohmann::ordered_json::array()},
      {"commit", base::build_info().commit},
      {"processor", base::processor_name()},
      {"threads", report.threads},
      {"checksum", checksum_text(report.checksum)},
  };
  for (const BenchmarkRepeat& repeat : report.repeats) {
    json["repeats"].push_back({{"kernel_seconds", repeat.kernel_seconds}, {"total_seconds", repeat.total_seconds}});
  }
  return json.dump() + "\n";
}

std::string to_table(const BenchmarkReport& report) {
  const double seconds = report.total_seconds();
  ReportTable table;
  table.machine_rows(report.backend, report.threads);
  table.row("pairs", fmt::format("{}", report.pairs));
  table.row("cells", fmt::format("{}", report.cells));
  table.row("cells computed", fmt::format("{}", report.cells_computed));
  table.row("repeats", fmt::format("{}", report.repeats.size()));
  table.row("kernel seconds", fmt::format("{:.6f}  ({:.2f} GCUPS)", report.kernel_seconds(),
                                          gcups(report.cells, report.kernel_seconds())));
  table.row("total seconds", fmt::format("{:.6f}  ({:.2f} GCUPS)", seconds, gcups(report.cells, seconds)));
  table.row("alignments per second", fmt::format("{:.0f}", rate(static_cast<double>(report.pairs), seconds)));
  table.row("checksum", checksum_text(report.checksum));
  return table.text();
}

}  // namespace anneal::cli

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/cpu.h"
#include "base/version.h"
#include "cli/benchmark.h"

namespace anneal::cli {
namespace {

// A workload too small for the clock gives no rate, and JSON knows no infinity.
double rate(double amount, double seconds) { return seconds > 0 ? amount / seconds : 0; }

double gcups(const BenchmarkReport& report, double seconds) {
  return rate(static_cast<double>(report.cells) / 1e9, seconds);
}

}  // namespace

std::string to_json(const BenchmarkReport& report) {
  nlohmann::ordered_json json = {
      {"backend", report.backend},
      {"pairs", report.pairs},
      {"cells", report.cells},
      {"kernel_seconds", report.kernel_seconds()},
      {"total_seconds", report.total_seconds()},
      {"gcups_kernel", gcups(report, report.kernel_seconds())},
      {"gcups_total", gcups(report, report.total_seconds())},
      {"alignments_per_second", rate(static_cast<double>(report.pairs), report.total_seconds())},
      {"cells_computed", report.cells_computed},
      {"fallbacks", report.fallbacks},
      {"repeats", nlohmann::ordered_json::array()},
      {"commit", base::build_info().commit},
      {"processor", base::processor_name()},
      {"threads", report.threads},
      {"checksum", fmt::format("{:016x}", report.checksum)},
  };
  for (const BenchmarkRepeat& repeat : report.repeats) {
    json["repeats"].push_back({{"kernel_seconds", repeat.kernel_seconds}, {"total_seconds", repeat.total_seconds}});
  }
  return json.dump() + "\n";
}

std::string to_table(const BenchmarkReport& report) {
  const double seconds = report.total_seconds();
  std::string text;
  const auto row = [&text](std::string_view name, const std::string& value) {
    text += fmt::format("{:<22}{}\n", name, value);
  };
  row("backend", report.backend);
  row("processor", base::processor_name());
  row("threads", fmt::format("{}", report.threads));
  row("commit", std::string(base::build_info().commit));
  row("pairs", fmt::format("{}", report.pairs));
  row("cells", fmt::format("{}", report.cells));
  row("cells computed", fmt::format("{}", report.cells_computed));
  row("repeats", fmt::format("{}", report.repeats.size()));
  row("kernel seconds",
      fmt::format("{:.6f}  ({:.2f} GCUPS)", report.kernel_seconds(), gcups(report, report.kernel_seconds())));
  row("total seconds", fmt::format("{:.6f}  ({:.2f} GCUPS)", seconds, gcups(report, seconds)));
  row("alignments per second", fmt::format("{:.0f}", rate(static_cast<double>(report.pairs), seconds)));
  row("checksum", fmt::format("{:016x}", report.checksum));
  return text;
}

}  // namespace anneal::cli

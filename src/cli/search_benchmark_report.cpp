#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/cpu.h"
#include "base/version.h"
#include "cli/search_benchmark.h"

namespace anneal::cli {
namespace {

// A workload too small for the clock gives no rate, and JSON knows no infinity.
double gcups(std::uint64_t cells, double seconds) {
  return seconds > 0 ? static_cast<double>(cells) / seconds / 1e9 : 0;
}

}  // namespace

std::string to_json(const SearchBenchmarkReport& report) {
  nlohmann::ordered_json json = {
      {"backend", report.backend},
      {"targets", report.targets},
      {"letters", report.letters},
      {"cells", report.cells},
      {"load_seconds", report.load_seconds},
      {"total_seconds", report.total_seconds},
      {"gcups_total", gcups(report.cells, report.total_seconds)},
      {"queries", nlohmann::ordered_json::array()},
      {"repeats", report.repeats},
      {"commit", base::build_info().commit},
      {"processor", base::processor_name()},
      {"threads", report.threads},
      {"checksum", fmt::format("{:016x}", report.checksum)},
  };
  for (const QueryBenchmark& query : report.queries) {
    json["queries"].push_back({{"name", query.name},
                               {"length", query.length},
                               {"cells", query.cells},
                               {"seconds", query.seconds},
                               {"gcups", gcups(query.cells, query.seconds)}});
  }
  return json.dump() + "\n";
}

std::string to_table(const SearchBenchmarkReport& report) {
  std::string text;
  const auto row = [&text](std::string_view name, const std::string& value) {
    text += fmt::format("{:<22}{}\n", name, value);
  };
  row("backend", report.backend);
  row("processor", base::processor_name());
  row("threads", fmt::format("{}", report.threads));
  row("commit", std::string(base::build_info().commit));
  row("database", fmt::format("{} sequences, {} letters", report.targets, report.letters));
  row("repeats", fmt::format("{}", report.repeats));
  row("load seconds", fmt::format("{:.6f}", report.load_seconds));
  row("all queries",
      fmt::format("{:.6f} s  ({:.2f} GCUPS)", report.total_seconds, gcups(report.cells, report.total_seconds)));
  for (const QueryBenchmark& query : report.queries) {
    row(fmt::format("  length {}", query.length),
        fmt::format("{:.6f} s  ({:.2f} GCUPS)  {}", query.seconds, gcups(query.cells, query.seconds), query.name));
  }
  row("checksum", fmt::format("{:016x}", report.checksum));
  return text;
}

}  // namespace anneal::cli

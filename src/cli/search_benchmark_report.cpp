#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/report_table.h"
#include "cli/search_benchmark.h"

namespace anneal::cli {

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
      {"checksum", checksum_text(report.checksum)},
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
  ReportTable table;
  table.machine_rows(report.backend, report.threads);
  table.row("database", fmt::format("{} sequences, {} letters", report.targets, report.letters));
  table.row("repeats", fmt::format("{}", report.repeats));
  table.row("load seconds", fmt::format("{:.6f}", report.load_seconds));
  table.row("all queries",
            fmt::format("{:.6f} s  ({:.2f} GCUPS)", report.total_seconds, gcups(report.cells, report.total_seconds)));
  for (const QueryBenchmark& query : report.queries) {
    table.row(fmt::format("  length {}", query.length), fmt::format("{:.6f} s  ({:.2f} GCUPS)  {}", query.seconds,
                                                                    gcups(query.cells, query.seconds), query.name));
  }
  table.row("checksum", checksum_text(report.checksum));
  return table.text();
}

}  // namespace anneal::cli

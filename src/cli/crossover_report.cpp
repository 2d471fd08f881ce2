#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/cpu.h"
#include "base/version.h"
#include "cli/align_options.h"
#include "cli/crossover.h"
#include "cli/print.h"

namespace anneal::cli {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json to_json(const CrossoverSize& size) {
  return {{"pairs", size.pairs},
          {"cpu_seconds", size.cpu_seconds},
          {"gpu_seconds", size.gpu_seconds.empty() ? Json(nullptr) : Json(size.gpu_seconds)},
          {"auto_engine", size.auto_engine},
          {"auto_seconds", size.auto_seconds},
          {"auto_ratio", size.auto_ratio()},
          {"cpu_estimate", or_null(size.cpu_estimate)},
          {"gpu_estimate", or_null(size.gpu_estimate)},
          {"checksum", fmt::format("{:016x}", size.checksum)}};
}

std::string_view mode_name(const CrossoverReport& report) {
  return mode_choices[static_cast<std::size_t>(report.options.mode)];
}

std::string_view output_name(const CrossoverReport& report) {
  return output_choices[static_cast<std::size_t>(report.options.output)];
}

}  // namespace

std::string to_json(const CrossoverReport& report) {
  const auto crossover = report.crossover();
  Json json = {{"mode", mode_name(report)},
               {"output", output_name(report)},
               {"matrix", report.options.matrix.name()},
               {"band", report.options.band},
               {"query_length", report.query_length},
               {"target_length", report.target_length},
               {"processor", base::processor_name()},
               {"cpu", report.cpu},
               {"gpu", report.gpus.empty() ? Json(nullptr) : Json(report.gpus)},
               {"no_gpu_reason", report.why_no_gpu},
               {"threads", report.threads},
               {"commit", base::build_info().commit},
               {"measuring_seconds", report.measuring_seconds},
               {"crossover_pairs", crossover ? Json(*crossover) : Json(nullptr)},
               {"worst_auto_ratio", report.worst_auto_ratio()},
               {"sizes", Json::array()}};
  for (const CrossoverSize& size : report.sizes) json["sizes"].push_back(to_json(size));
  return json.dump() + "\n";
}

std::string to_table(const CrossoverReport& report) {
  std::string text =
      fmt::format("{} {}, matrix {}, pairs of {} x {} letters; {}, {}; {}\n", mode_name(report), output_name(report),
                  report.options.matrix.name(), report.query_length, report.target_length, base::processor_name(),
                  counted(report.threads, "thread"),
                  report.why_no_gpu.empty() ? fmt::format("auto made ready in {:.2f} s", report.measuring_seconds)
                                            : fmt::format("auto uses no GPU: {}", report.why_no_gpu));
  text += fmt::format("{:>9} {:>11}", "PAIRS", report.cpu);
  for (const std::string& gpu : report.gpus) text += fmt::format(" {:>11}", gpu);
  text += fmt::format(" {:>11} {:>6}  {}\n", "auto", "RATIO", "PICKS");
  for (const CrossoverSize& size : report.sizes) {
    text += fmt::format("{:>9} {:>10.6f}s", size.pairs, size.cpu_seconds);
    for (const std::string& gpu : report.gpus) text += fmt::format(" {:>10.6f}s", size.gpu_seconds.at(gpu));
    text += fmt::format(" {:>10.6f}s {:>6.2f}  {}\n", size.auto_seconds, size.auto_ratio(), size.auto_engine);
  }
  if (const auto crossover = report.crossover()) {
    text += fmt::format("{} is faster from {} on\n", report.gpus.front(),
                        counted(static_cast<std::int64_t>(*crossover), "pair"));
  }
  return text;
}

}  // namespace anneal::cli

#include "report.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "base/cpu.h"
#include "base/version.h"

namespace anneal::bench {
namespace {

double cells_per_second(const Contest& contest, double rate) {
  return rate * static_cast<double>(contest.cells()) / static_cast<double>(contest.workload.size());
}

std::string title(const Entry& entry) { return entry.contestant.peer + " " + entry.contestant.name; }

std::string status(const Entry& entry) {
  if (!entry.rates.empty()) return "timed";
  if (!entry.failure.empty()) return "failed: " + entry.failure;
  if (entry.wrong > 0) return fmt::format("{} wrong answers", entry.wrong);
  if (entry.bad_paths > 0) return fmt::format("{} wrong paths", entry.bad_paths);
  if (!entry.qualified && entry.contestant.peer == "anneal") return fmt::format("{} wrong ends", entry.other_ends);
  return "slower than the kept kernels of this peer";
}

double spread(const Entry& entry) {
  const auto [lowest, highest] = std::ranges::minmax(entry.rates);
  return (highest - lowest) / entry.median_rate();
}

std::string line(const Contest& contest, const Entry& entry, const Entry* ours) {
  const double median = entry.median_rate(), cells = cells_per_second(contest, median);
  std::string text = fmt::format("  {:<40} {:>12.0f} {:>9.1f}% {:>8.2f} {:>12.2f} {:>9}", title(entry), median,
                                 100 * spread(entry), cells / 1e9, cells / contest.hertz,
                                 ours == nullptr ? "-" : fmt::format("{:.2f}x", ours->median_rate() / median));
  if (!entry.contestant.other_rules.empty()) {
    text += fmt::format("  {} of {} differ: {}", entry.wrong, contest.workload.size(), entry.contestant.other_rules);
  }
  return text + "\n";
}

nlohmann::json to_json(const Contest& contest, const Entry& entry) {
  nlohmann::json one = {{"peer", entry.contestant.peer},
                        {"name", entry.contestant.name},
                        {"status", status(entry)},
                        {"wrong", entry.wrong},
                        {"other_ends", entry.other_ends},
                        {"wrong_paths", entry.bad_paths},
                        {"other_rules", entry.contestant.other_rules}};
  if (entry.rates.empty()) return one;
  const double cells = cells_per_second(contest, entry.median_rate());
  one["pairs_per_second"] = entry.median_rate();
  one["rounds"] = entry.rates;
  one["spread"] = spread(entry);
  one["gcups"] = cells / 1e9;
  one["cells_per_cycle"] = cells / contest.hertz;
  if (const auto& kernels = entry.contestant.kernels) {
    const auto computed = static_cast<double>(kernels->cells_computed);
    one["computed_per_cell"] = computed / static_cast<double>(kernels->cells);
    one["kernel_cells_per_cycle"] = computed / (kernels->seconds * contest.hertz);
  }
  return one;
}

}  // namespace

std::string table(const Contest& contest) {
  std::string text = fmt::format("\n{}: {} pairs, {}; {}; {:.2f} GHz\n", contest.name, contest.workload.size(),
                                 contest.about, contest.scoring, contest.hertz / 1e9);
  text += fmt::format("  {:<40} {:>12} {:>10} {:>8} {:>12} {:>9}\n", "", "pairs/s", "spread", "GCUPS", "cells/cycle",
                      "anneal is");
  std::vector<const Entry*> timed;
  for (const Entry& entry : contest.entries) {
    if (!entry.rates.empty()) timed.push_back(&entry);
  }
  std::ranges::sort(timed, std::greater(), &Entry::median_rate);
  for (const Entry* entry : timed) text += line(contest, *entry, contest.best_of("anneal"));
  for (const Entry& entry : contest.entries) {
    const bool slower =
        entry.wrong + entry.bad_paths == 0 && entry.failure.empty() && entry.contestant.peer != "anneal";
    if (entry.rates.empty() && !slower) text += fmt::format("  {:<40} out: {}\n", title(entry), status(entry));
  }
  return text;
}

nlohmann::json to_json(const Contest& contest) {
  nlohmann::json entries = nlohmann::json::array(), ratios = nlohmann::json::object();
  for (const Entry& entry : contest.entries) entries.push_back(to_json(contest, entry));
  const Entry* ours = contest.best_of("anneal");
  for (const std::string& peer : contest.peers()) {
    if (ours != nullptr) ratios[peer] = ours->median_rate() / contest.best_of(peer)->median_rate();
  }
  return {{"contest", contest.name},          {"about", contest.about},       {"scoring", contest.scoring},
          {"pairs", contest.workload.size()}, {"cells", contest.cells()},     {"hertz", contest.hertz},
          {"ratio_to_best_of_peer", ratios},  {"entries", std::move(entries)}};
}

nlohmann::json describe_run() {
  const base::BuildInfo& build = base::build_info();
  return {{"version", build.version},
          {"commit", build.commit},
          {"compiler", build.compiler},
          {"build_type", build.build_type},
          {"date", fmt::format("{:%Y-%m-%d}", fmt::gmtime(std::time(nullptr)))},
          {"processor", base::processor_name()}};
}

std::string headline(const nlohmann::json& run) {
  const auto text = [&](const char* key) { return run.at(key).get<std::string>(); };
  return fmt::format("anneal {} ({}, {}), one core of {}, {}\n", text("version"), text("commit"), text("compiler"),
                     text("processor"), text("date"));
}

}  // namespace anneal::bench

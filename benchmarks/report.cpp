#include "report.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/cpu.h"
#include "base/version.h"

namespace anneal::bench {
namespace {

double gcups(const Contest& contest, double rate) {
  const std::size_t pairs = contest.workload->size();
  return rate * static_cast<double>(contest.workload->cells(pairs)) / static_cast<double>(pairs) / 1e9;
}

std::string title(const Entry& entry) { return entry.contestant.peer + " " + entry.contestant.name; }

std::string status(const Entry& entry) {
  if (!entry.rates.empty()) return "timed";
  if (!entry.failure.empty()) return "failed: " + entry.failure;
  if (entry.wrong > 0) return fmt::format("{} wrong scores", entry.wrong);
  if (!entry.qualified && entry.contestant.peer == "anneal") return fmt::format("{} wrong ends", entry.other_ends);
  return "slower than the kept kernels of this peer";
}

}  // namespace

std::string table(const Contest& contest) {
  std::string text = fmt::format("\n{}: {} pairs, {}\n", contest.name, contest.workload->size(), contest.scoring);
  text += fmt::format("  {:<40} {:>12} {:>10} {:>8} {:>10}\n", "", "pairs/s", "spread", "GCUPS", "to peer");
  const Entry* peer = contest.best(false);
  std::vector<const Entry*> timed;
  for (const Entry& entry : contest.entries) {
    if (!entry.rates.empty()) timed.push_back(&entry);
  }
  std::ranges::sort(timed, std::greater(), &Entry::median_rate);
  for (const Entry* entry : timed) {
    const auto [lowest, highest] = std::ranges::minmax(entry->rates);
    const double median = entry->median_rate();
    text += fmt::format("  {:<40} {:>12.0f} {:>9.1f}% {:>8.2f} {:>10}\n", title(*entry), median,
                        100 * (highest - lowest) / median, gcups(contest, median),
                        peer == nullptr ? "-" : fmt::format("{:.2f}x", median / peer->median_rate()));
  }
  for (const Entry& entry : contest.entries) {
    const bool slower = entry.wrong == 0 && entry.failure.empty() && entry.contestant.peer != "anneal";
    if (entry.rates.empty() && !slower) text += fmt::format("  {:<40} out: {}\n", title(entry), status(entry));
  }
  return text;
}

nlohmann::json to_json(const Contest& contest) {
  nlohmann::json entries = nlohmann::json::array();
  for (const Entry& entry : contest.entries) {
    nlohmann::json one = {{"peer", entry.contestant.peer},
                          {"name", entry.contestant.name},
                          {"status", status(entry)},
                          {"other_ends", entry.other_ends},
                          {"qualifying_alignments_per_second", entry.qualifying_rate}};
    if (!entry.rates.empty()) {
      one["alignments_per_second"] = entry.median_rate();
      one["gcups"] = gcups(contest, entry.median_rate());
      one["rounds"] = entry.rates;
    }
    entries.push_back(std::move(one));
  }
  const Entry *ours = contest.best(true), *theirs = contest.best(false);
  nlohmann::json ratio = nullptr;
  if (ours != nullptr && theirs != nullptr) ratio = ours->median_rate() / theirs->median_rate();
  return {{"contest", contest.name},           {"scoring", contest.scoring},
          {"pairs", contest.workload->size()}, {"cells", contest.workload->cells(contest.workload->size())},
          {"best_to_best_peer", ratio},        {"entries", std::move(entries)}};
}

nlohmann::json describe_run() {
  const base::BuildInfo& build = base::build_info();
  return {{"version", build.version},
          {"commit", build.commit},
          {"compiler", build.compiler},
          {"build_type", build.build_type},
          {"processor", base::processor_name()}};
}

}  // namespace anneal::bench

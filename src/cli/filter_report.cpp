#include "cli/filter_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string_view>

#include "base/version.h"

namespace anneal::cli {
namespace {

struct Name {
  std::string_view text;
  std::string_view key;
};

constexpr Name trimming_names[reads::trimmings] = {
    {"poly-G", "poly_g"}, {"bad ends", "quality_ends"}, {"by window", "window"}, {"adapter", "adapter"}};
constexpr Name verdict_names[reads::verdicts - 1] = {
    {"too short", "too_short"}, {"too long", "too_long"}, {"too many N", "too_many_n"}, {"low quality", "low_quality"}};

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string joined_parts(std::string_view heading, const std::vector<std::string>& parts) {
  return fmt::format("{}: {}", heading, fmt::join(parts, ", "));
}

}  // namespace

std::vector<std::string> filter_summary(const reads::FilterCounts& counts, bool paired) {
  std::vector<std::string> lines;
  lines.push_back(fmt::format("{} of {} reads{} passed ({:.1f}%), with {} of {} bases ({:.1f}%)", counts.reads_passed(),
                              counts.reads, paired ? " in pairs" : "", percent(counts.reads_passed(), counts.reads),
                              counts.bases_passed, counts.bases, percent(counts.bases_passed, counts.bases)));
  std::vector<std::string> trimmed, dropped;
  for (std::size_t i = 0; i < reads::trimmings; ++i) {
    if (counts.trimmed_reads[i] == 0) continue;
    trimmed.push_back(fmt::format("{} {} reads ({} bases)", trimming_names[i].text, counts.trimmed_reads[i],
                                  counts.trimmed_bases[i]));
  }
  for (std::size_t i = 0; i + 1 < reads::verdicts; ++i) {
    if (counts.by_verdict[i] > 0) dropped.push_back(fmt::format("{} {}", counts.by_verdict[i], verdict_names[i].text));
  }
  if (!trimmed.empty()) lines.push_back(joined_parts("trimmed", trimmed));
  if (!dropped.empty()) lines.push_back(joined_parts("dropped", dropped));
  return lines;
}

std::string filter_json(const reads::FilterCounts& counts, bool paired) {
  nlohmann::ordered_json json = {{"version", base::build_info().version},
                                 {"paired", paired},
                                 {"before", {{"reads", counts.reads}, {"bases", counts.bases}}},
                                 {"after", {{"reads", counts.reads_passed()}, {"bases", counts.bases_passed}}}};
  for (std::size_t i = 0; i < reads::trimmings; ++i) {
    json["trimmed"][std::string(trimming_names[i].key)] = {{"reads", counts.trimmed_reads[i]},
                                                           {"bases", counts.trimmed_bases[i]}};
  }
  for (std::size_t i = 0; i + 1 < reads::verdicts; ++i) {
    json["dropped"][std::string(verdict_names[i].key)] = counts.by_verdict[i];
  }
  return json.dump(2) + "\n";
}

}  // namespace anneal::cli

#include <nlohmann/json.hpp>

#include "base/version.h"
#include "cli/stats_report.h"

namespace anneal::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view letter_names[reads::letter_kinds] = {"A", "C", "G", "T", "N", "other"};

// Without the zeros at its end.
template <typename Counts>
Json histogram(const Counts& counts) {
  std::size_t size = counts.size();
  while (size > 0 && counts[size - 1] == 0) --size;
  return std::vector<std::uint64_t>(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(size));
}

Json letters_json(const reads::LetterCounts& counts) {
  Json json;
  for (std::size_t i = 0; i < reads::letter_kinds; ++i) json[std::string(letter_names[i])] = counts[i];
  return json;
}

Json cycles_json(const reads::ReadStatistics& reads) {
  Json json = Json::array();
  for (const auto& cycle : reads.cycles()) {
    Json entry = {{"letters", letters_json(cycle.letters)}};
    if (reads.has_quality()) entry["by_quality"] = histogram(cycle.by_quality);
    json.push_back(std::move(entry));
  }
  return json;
}

constexpr std::string_view count_names[reads::alignment_counts] = {
    "records",         "secondary",   "supplementary", "mapped",         "quality_failed", "duplicates", "paired",
    "properly_paired", "pair_mapped", "singletons",    "mate_elsewhere", "aligned_bases",  "edits"};

Json alignments_json(const reads::AlignmentStatistics& alignments) {
  Json json;
  for (std::size_t i = 0; i < reads::alignment_counts; ++i) {
    json[std::string(count_names[i])] = alignments.count(static_cast<reads::AlignmentCount>(i));
  }
  json["edit_rate"] = alignments.edit_rate();
  json["by_mapping_quality"] = histogram(alignments.by_mapping_quality());
  json["by_insert_size"] = Json::array();
  const auto pairs = alignments.by_insert_size();
  for (std::size_t size = 0; size < pairs.size(); ++size) {
    if (pairs[size].all() == 0) continue;
    json["by_insert_size"].push_back({size, pairs[size].inward, pairs[size].outward, pairs[size].other});
  }
  if (pairs.empty()) return json;
  json["median_insert"] = alignments.median_insert_size();
  json["mean_insert"] = alignments.insert_size().mean;
  json["sd_insert"] = alignments.insert_size().standard_deviation;
  return json;
}

Json file_json(const FileStatistics& file) {
  const reads::ReadStatistics& reads = file.reads;
  Json json = {{"file", file.name},
               {"format", file.format},
               {"reads", reads.reads()},
               {"bases", reads.bases()},
               {"letters", letters_json(reads.letters())},
               {"gc_share", reads.gc_share()},
               {"n50", reads.n50()}};
  json["by_length"] = Json::array();
  for (const auto& [length, count] : reads.by_length()) json["by_length"].push_back({length, count});
  json["by_gc_percent"] = reads.by_gc_percent();
  if (reads.has_quality()) {
    json["mean_quality"] = reads.mean_quality();
    json["by_quality"] = histogram(reads.by_quality());
    json["by_mean_quality"] = histogram(reads.by_mean_quality());
  }
  json["cycles"] = cycles_json(reads);
  if (file.alignments) json["alignments"] = alignments_json(*file.alignments);
  return json;
}

}  // namespace

std::string stats_json(std::span<const FileStatistics> files) {
  Json json = {{"version", base::build_info().version}, {"files", Json::array()}};
  for (const FileStatistics& file : files) json["files"].push_back(file_json(file));
  // Names of files are bytes.
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace anneal::cli

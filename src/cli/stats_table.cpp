#include <fmt/core.h>

#include <algorithm>

#include "cli/stats_report.h"

namespace anneal::cli {
namespace {

// Tabs and line ends would break the table.
std::string one_field(std::string text) {
  for (char& letter : text) {
    if (letter == '\t' || letter == '\n' || letter == '\r') letter = ' ';
  }
  return text;
}

std::string read_columns(const reads::ReadStatistics& reads) {
  std::string text = fmt::format("{}\t{}\t{}\t{:.1f}\t{}\t{}\t{:.2f}\t{}", reads.reads(), reads.bases(),
                                 reads.shortest(), reads.mean_length(), reads.longest(), reads.n50(),
                                 100 * reads.gc_share(), reads.count(reads::Letter::n));
  if (!reads.has_quality()) return text + "\t-\t-\t-";
  return text + fmt::format("\t{:.2f}\t{:.2f}\t{:.2f}", reads.mean_quality(), 100 * reads.share_of_quality(20),
                            100 * reads.share_of_quality(30));
}

constexpr std::string_view alignment_header =
    "\tmapped\tproperly_paired\tsingletons\tmate_elsewhere\tduplicates\tquality_failed\tsecondary\tsupplementary\t"
    "edit_percent\tmedian_insert\tmean_insert\tsd_insert";

std::string alignment_columns(const reads::AlignmentStatistics& alignments) {
  using enum reads::AlignmentCount;
  std::string text;
  for (const auto what :
       {mapped, properly_paired, singletons, mate_elsewhere, duplicates, quality_failed, secondary, supplementary}) {
    text += fmt::format("\t{}", alignments.count(what));
  }
  text += fmt::format("\t{:.3f}", 100 * alignments.edit_rate());
  if (alignments.by_insert_size().empty()) return text + "\t-\t-\t-";
  const auto insert = alignments.insert_size();
  return text +
         fmt::format("\t{}\t{:.1f}\t{:.1f}", alignments.median_insert_size(), insert.mean, insert.standard_deviation);
}

std::string no_columns() {
  std::string text;
  for (const char letter : alignment_header) text += letter == '\t' ? "\t-" : "";
  return text;
}

}  // namespace

std::string stats_table(std::span<const FileStatistics> files) {
  const bool has_alignments =
      std::ranges::any_of(files, [](const FileStatistics& file) { return file.alignments.has_value(); });
  std::string text =
      "file\tformat\treads\tbases\tmin_length\tmean_length\tmax_length\tn50\tgc_percent\tn\t"
      "mean_quality\tq20_percent\tq30_percent";
  if (has_alignments) text += alignment_header;
  text += '\n';
  for (const FileStatistics& file : files) {
    text += fmt::format("{}\t{}\t{}", one_field(file.name), file.format, read_columns(file.reads));
    if (has_alignments) text += file.alignments ? alignment_columns(*file.alignments) : no_columns();
    text += '\n';
  }
  return text;
}

}  // namespace anneal::cli

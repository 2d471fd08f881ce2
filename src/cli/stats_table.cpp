#include <fmt/format.h>

#include "cli/stats_report.h"

namespace anneal::cli {
namespace {

double mean_length(const reads::ReadStatistics& reads) {
  return reads.reads() == 0 ? 0 : static_cast<double>(reads.bases()) / static_cast<double>(reads.reads());
}

// Tabs and line ends would break the table.
std::string one_field(std::string text) {
  for (char& letter : text) {
    if (letter == '\t' || letter == '\n' || letter == '\r') letter = ' ';
  }
  return text;
}

std::string row(const FileStatistics& file) {
  const reads::ReadStatistics& reads = file.reads;
  const auto lengths = reads.by_length();
  std::string text =
      fmt::format("{}\t{}\t{}\t{}\t{}\t{:.1f}\t{}\t{}\t{:.2f}\t{}", one_field(file.name), file.format, reads.reads(),
                  reads.bases(), lengths.begin()->first, mean_length(reads), lengths.rbegin()->first, reads.n50(),
                  100 * reads.gc_share(), reads.count(reads::Letter::n));
  if (!reads.has_quality()) return text + "\t-\t-\t-\n";
  return text + fmt::format("\t{:.2f}\t{:.2f}\t{:.2f}\n", reads.mean_quality(), 100 * reads.share_of_quality(20),
                            100 * reads.share_of_quality(30));
}

}  // namespace

std::string stats_table(std::span<const FileStatistics> files) {
  std::string text =
      "file\tformat\treads\tbases\tmin_length\tmean_length\tmax_length\tn50\tgc_percent\tn\t"
      "mean_quality\tq20_percent\tq30_percent\n";
  for (const FileStatistics& file : files) text += row(file);
  return text;
}

}  // namespace anneal::cli

#include "cli/stats_charts.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/svg_chart.h"

namespace anneal::cli {
namespace {

using reads::ReadStatistics;

std::string figure(const Chart& chart) {
  return fmt::format("<figure><figcaption>{}</figcaption>\n{}</figure>\n", chart.title, svg_chart(chart));
}

double greatest(const std::vector<double>& values) {
  return values.empty() ? 0 : *std::max_element(values.begin(), values.end());
}

Chart bars(std::string_view title, std::string_view x_title, std::vector<double> values) {
  Chart chart{
      .title = title, .x_title = x_title, .y_title = "reads", .y_max = axis_end(greatest(values)), .bars = true};
  chart.series.push_back({"reads", "blue", std::move(values)});
  return chart;
}

template <typename Counts>
std::vector<double> values_of(const Counts& counts) {
  return {counts.begin(), counts.end()};
}

double mean(const reads::QualityCounts& counts) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    sum += static_cast<double>(i) * static_cast<double>(counts[i]);
    count += static_cast<double>(counts[i]);
  }
  return count == 0 ? 0 : sum / count;
}

std::string quality_chart(const ReadStatistics& reads) {
  Chart chart{.title = "Quality by position",
              .x_title = "position in the read",
              .y_title = "Phred score",
              .x_begin = 1,
              .series = {{"median", "blue", {}}, {"mean", "orange", {}}},
              .band_name = "middle half"};
  for (const ReadStatistics::Cycle& cycle : reads.cycles()) {
    chart.series[0].values.push_back(static_cast<double>(reads::quantile(cycle.by_quality, 0.5)));
    chart.series[1].values.push_back(mean(cycle.by_quality));
    chart.band_low.push_back(static_cast<double>(reads::quantile(cycle.by_quality, 0.25)));
    chart.band_high.push_back(static_cast<double>(reads::quantile(cycle.by_quality, 0.75)));
  }
  chart.y_max = std::max(10 * std::ceil(greatest(chart.band_high) / 10), 10.0);
  return figure(chart);
}

std::string letters_chart(const ReadStatistics& reads) {
  Chart chart{
      .title = "Letters by position",
      .x_title = "position in the read",
      .y_title = "percent",
      .x_begin = 1,
      .series = {{"A", "green", {}}, {"C", "blue", {}}, {"G", "orange", {}}, {"T", "red", {}}, {"N", "grey", {}}}};
  double most = 0;
  for (const ReadStatistics::Cycle& cycle : reads.cycles()) {
    const auto count = static_cast<double>(std::max(cycle.reads(), std::uint64_t{1}));
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
      chart.series[i].values.push_back(100 * static_cast<double>(cycle.letters[i]) / count);
      most = std::max(most, chart.series[i].values.back());
    }
  }
  chart.y_max = std::min(std::max(10 * std::ceil(most / 10), 10.0), 100.0);
  return figure(chart);
}

// In at most about 100 columns.
std::string length_chart(const ReadStatistics& reads) {
  const auto lengths = reads.by_length();
  const std::uint64_t shortest = reads.shortest(), longest = reads.longest();
  const auto range = static_cast<double>(longest - shortest + 1);
  const auto step = static_cast<std::uint64_t>(std::max(round_up(range / 100), 1.0));
  // Some space at both sides, where all are alike.
  const std::uint64_t margin = range < 10 ? 5 : 0;
  const std::uint64_t begin = (shortest - std::min(shortest, margin)) / step * step;
  std::vector<double> columns((longest + margin - begin) / step + 1);
  for (const auto& [length, count] : lengths) columns[(length - begin) / step] += static_cast<double>(count);
  const std::string axis = step == 1 ? "length" : fmt::format("length, from the given one on, in steps of {}", step);
  Chart chart = bars("Lengths", axis, std::move(columns));
  chart.x_begin = static_cast<double>(begin);
  chart.x_step = static_cast<double>(step);
  return figure(chart);
}

std::string mean_quality_chart(const ReadStatistics& reads) {
  std::vector<double> values = values_of(reads.by_mean_quality());
  while (values.size() > 42 && values.back() == 0) values.pop_back();
  return figure(bars("Mean quality of reads", "mean Phred score, rounded down", std::move(values)));
}

std::string gc_chart(const ReadStatistics& reads) {
  return figure(bars("G and C of reads", "percent", values_of(reads.by_gc_percent())));
}

std::string mapping_quality_chart(const reads::AlignmentStatistics& alignments) {
  std::vector<double> values = values_of(alignments.by_mapping_quality());
  while (values.size() > 61 && values.back() == 0) values.pop_back();
  return figure(bars("Mapping quality", "mapping quality of mapped reads", std::move(values)));
}

// Up to where all but a few of the pairs are, in at most about 400 columns.
std::string insert_chart(const reads::AlignmentStatistics& alignments) {
  const std::vector<reads::PairCounts> pairs = alignments.by_insert_size();
  const auto insert = alignments.insert_size();
  const double usual = insert.mean + 6 * insert.standard_deviation + 20;
  const std::size_t end = std::min(pairs.size(), static_cast<std::size_t>(usual) + 1);
  const auto step = static_cast<std::size_t>(std::max(round_up(static_cast<double>(end) / 400), 1.0));
  Chart chart{.title = "Insert sizes",
              .x_title = step == 1 ? "insert size" : "insert size, from the given one on",
              .y_title = "pairs",
              .x_step = static_cast<double>(step),
              .series = {{"inward", "blue", {}}, {"outward", "orange", {}}, {"other", "grey", {}}}};
  for (Series& series : chart.series) series.values.resize((end + step - 1) / step);
  for (std::size_t size = 0; size < end; ++size) {
    chart.series[0].values[size / step] += static_cast<double>(pairs[size].inward);
    chart.series[1].values[size / step] += static_cast<double>(pairs[size].outward);
    chart.series[2].values[size / step] += static_cast<double>(pairs[size].other);
  }
  double most = 0;
  for (const Series& series : chart.series) most = std::max(most, greatest(series.values));
  chart.y_max = axis_end(most);
  return figure(chart);
}

std::string alignment_charts(const reads::AlignmentStatistics& alignments) {
  std::string text;
  if (!alignments.by_insert_size().empty()) text += insert_chart(alignments);
  if (alignments.count(reads::AlignmentCount::mapped) > 0) text += mapping_quality_chart(alignments);
  return text;
}

}  // namespace

std::string stats_charts(const FileStatistics& file) {
  const ReadStatistics& reads = file.reads;
  std::string text;
  if (file.alignments) text += alignment_charts(*file.alignments);
  if (reads.has_quality()) text += quality_chart(reads);
  if (!reads.cycles().empty()) text += letters_chart(reads);
  if (reads.reads() > 0) text += length_chart(reads);
  if (reads.has_quality()) text += mean_quality_chart(reads);
  if (reads.bases() > 0) text += gc_chart(reads);
  return text;
}

}  // namespace anneal::cli

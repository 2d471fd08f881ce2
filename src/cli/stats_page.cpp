#include <fmt/core.h>

#include "base/version.h"
#include "cli/stats_charts.h"
#include "cli/stats_report.h"
#include "cli/svg_chart.h"

namespace anneal::cli {
namespace {

constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --paper: #ffffff; --card: #f6f8fa; --ink: #1f2328; --quiet: #59636e; --grid: #d8dee4;
  --blue: #0969da; --green: #1a7f37; --orange: #bc4c00; --red: #cf222e; --grey: #6e7781; --band: #b6d7fb; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0d1117; --card: #161b22; --ink: #e6edf3; --quiet: #9198a1; --grid: #30363d;
    --blue: #58a6ff; --green: #3fb950; --orange: #f0883e; --red: #ff7b72; --grey: #8b949e; --band: #16396b; } }
body { margin: 0 auto; max-width: 1360px; padding: 1.5rem; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 1rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: .75rem; margin: 0 0 1rem; }
dl div { background: var(--card); border-radius: 8px; padding: .5rem .75rem; }
dt { color: var(--quiet); font-size: .8rem; } dd { margin: 0; font-size: 1.1rem; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); gap: 1rem; }
figure { margin: 0; background: var(--card); border-radius: 8px; padding: .75rem; }
figcaption { font-weight: 600; } svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--quiet); font: 12px system-ui, sans-serif; }
.grid { stroke: var(--grid); stroke-width: 1; } .band { fill: var(--band); }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.blue { stroke: var(--blue); } .line.green { stroke: var(--green); } .line.orange { stroke: var(--orange); }
.line.red { stroke: var(--red); } .line.grey { stroke: var(--grey); }
.bar.blue { fill: var(--blue); } .bar.green { fill: var(--green); } .bar.orange { fill: var(--orange); }
.bar.red { fill: var(--red); } .bar.grey { fill: var(--grey); }
footer { color: var(--quiet); font-size: .85rem; margin-top: 2rem; }
)css";

// Bytes that HTML would take for something else; a control character has no place in it at all.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    if (letter == '&') {
      result += "&amp;";
    } else if (letter == '<') {
      result += "&lt;";
    } else if (letter == '>') {
      result += "&gt;";
    } else {
      result += static_cast<unsigned char>(letter) < ' ' ? ' ' : letter;
    }
  }
  return result;
}

std::string entry(std::string_view name, const std::string& value) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
}

std::string count(std::uint64_t value) { return grouped(static_cast<double>(value)); }

std::string percent(double share) { return fmt::format("{:.1f}%", 100 * share); }

std::string read_figures(const reads::ReadStatistics& reads) {
  std::string text = entry("reads", count(reads.reads())) + entry("bases", count(reads.bases())) +
                     entry("lengths", reads.shortest() == reads.longest()
                                          ? count(reads.longest())
                                          : fmt::format("{} to {}", count(reads.shortest()), count(reads.longest()))) +
                     entry("N50", count(reads.n50())) + entry("G and C", percent(reads.gc_share())) +
                     entry("letters N", count(reads.count(reads::Letter::n)));
  if (!reads.has_quality()) return text;
  return text + entry("mean quality", fmt::format("{:.1f}", reads.mean_quality())) +
         entry("Q20 or better", percent(reads.share_of_quality(20))) +
         entry("Q30 or better", percent(reads.share_of_quality(30)));
}

std::string alignment_figures(const reads::AlignmentStatistics& alignments, std::uint64_t reads) {
  using enum reads::AlignmentCount;
  const auto of_reads = [&](std::string_view name, reads::AlignmentCount what) {
    const std::uint64_t number = alignments.count(what);
    const double share = reads == 0 ? 0 : static_cast<double>(number) / static_cast<double>(reads);
    return entry(name, fmt::format("{} ({})", count(number), percent(share)));
  };
  std::string text = of_reads("mapped", mapped) + of_reads("properly paired", properly_paired) +
                     of_reads("singletons", singletons) + of_reads("mate elsewhere", mate_elsewhere) +
                     of_reads("duplicates", duplicates) + of_reads("failed quality checks", quality_failed) +
                     entry("secondary", count(alignments.count(secondary))) +
                     entry("supplementary", count(alignments.count(supplementary))) +
                     entry("edits per base", fmt::format("{:.2f}%", 100 * alignments.edit_rate()));
  if (alignments.by_insert_size().empty()) return text;
  const auto insert = alignments.insert_size();
  return text + entry("insert size, median", count(alignments.median_insert_size())) +
         entry("insert size, mean", fmt::format("{:.1f} ± {:.1f}", insert.mean, insert.standard_deviation));
}

std::string figures(const FileStatistics& file) {
  std::string text = entry("format", std::string(file.format)) + read_figures(file.reads);
  if (file.alignments) text += alignment_figures(*file.alignments, file.reads.reads());
  return text;
}

std::string cut_note(const reads::ReadStatistics& reads) {
  if (reads.longest() <= reads::ReadStatistics::most_cycles) return {};
  return fmt::format("<p>Charts by position show the first {} letters of reads.</p>\n",
                     reads::ReadStatistics::most_cycles);
}

}  // namespace

std::string stats_page(std::span<const FileStatistics> files) {
  std::string text = fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Reads: {}{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<h1>Reads</h1>\n",
      escaped(files.front().name), files.size() > 1 ? " and others" : "", style);
  for (const FileStatistics& file : files) {
    text += fmt::format("<section>\n<h2>{}</h2>\n<dl>\n{}</dl>\n{}<div class=\"charts\">\n{}</div>\n</section>\n",
                        escaped(file.name), figures(file), cut_note(file.reads), stats_charts(file));
  }
  return text +
         fmt::format("<footer>anneal stats, version {}</footer>\n</body>\n</html>\n", base::build_info().version);
}

}  // namespace anneal::cli

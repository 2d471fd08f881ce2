#include "io/intervals/line_format.h"

#include <algorithm>
#include <limits>

namespace anneal::io {
namespace {

bool is_word(std::string_view line, std::string_view word) {
  return line.starts_with(word) &&
         (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
}

// A contig may be called "track", and then a number is behind it.
bool is_display_line(std::string_view line) {
  constexpr std::string_view track = "track\t";
  const bool is_bed =
      line.starts_with(track) && line.size() > track.size() && line[track.size()] >= '0' && line[track.size()] <= '9';
  return (is_word(line, "browser") || is_word(line, "track")) && !is_bed;
}

LineKind kind_of_vcf(std::string_view line) { return line.starts_with('#') ? LineKind::other : LineKind::record; }

LineKind kind_of_paf(std::string_view line) {
  return line.empty() || line[0] == '#' ? LineKind::other : LineKind::record;
}

LineKind kind_of_bed(std::string_view line) { return is_display_line(line) ? LineKind::other : kind_of_paf(line); }

LineKind kind_of_gff(std::string_view line) {
  const bool begins_sequences = line.starts_with("##FASTA") || line.starts_with('>');
  return begins_sequences ? LineKind::tail : kind_of_paf(line);
}

}  // namespace

const LineFormat vcf_lines = {.name = "VCF", .columns = tbx_conf_vcf, .kind_of = kind_of_vcf};
const LineFormat bed_lines = {.name = "BED", .columns = tbx_conf_bed, .kind_of = kind_of_bed};
const LineFormat gff_lines = {.name = "GFF", .columns = tbx_conf_gff, .kind_of = kind_of_gff};
const LineFormat paf_lines = {.name = "PAF", .columns = {TBX_UCSC, 6, 8, 9, '#', 0}, .kind_of = kind_of_paf};

LineInterval interval_of(Columns columns, const LineFormat& format) {
  const tbx_conf_t& conf = format.columns;
  const auto contig = static_cast<std::size_t>(conf.sc), begin = static_cast<std::size_t>(conf.bc),
             end = static_cast<std::size_t>(std::max(conf.ec, conf.bc));
  check_count(columns, std::max(contig, end), std::numeric_limits<std::size_t>::max());
  if (columns[contig - 1].empty()) throw ColumnError(contig, "it is empty; give a name");
  const bool is_from_zero = (conf.preset & TBX_UCSC) != 0;
  const std::int64_t first = is_from_zero || conf.preset == TBX_VCF ? 0 : 1;  // VCF's 0 is before the first base
  LineInterval interval{.contig = columns[contig - 1], .begin = number_at(columns, begin, first)};
  if (!is_from_zero) --interval.begin;
  interval.end =
      begin == end ? interval.begin + 1 : number_at(columns, end, is_from_zero ? interval.begin : interval.begin + 1);
  return interval;
}

}  // namespace anneal::io

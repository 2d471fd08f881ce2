#include "io/intervals/format.h"

#include <algorithm>
#include <limits>

namespace anneal::io {
namespace {

bool nothing(std::string_view) { return false; }

bool is_word(std::string_view line, std::string_view word) {
  return line.starts_with(word) &&
         (line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '\t');
}

// A contig may be called "track", and then a number is behind it.
bool is_display_line(std::string_view line) {
  if (is_word(line, "browser")) return true;
  const bool is_bed = line.starts_with("track\t") && line.size() > 6 && line[6] >= '0' && line[6] <= '9';
  return is_word(line, "track") && !is_bed;
}

bool begins_sequences(std::string_view line) { return line.starts_with("##FASTA") || line.starts_with('>'); }

}  // namespace

const IntervalFormat bed_format = {.index = hts::bed_lines, .is_other = is_display_line, .ends_records = nothing};
const IntervalFormat gff_format = {.index = hts::gff_lines, .is_other = nothing, .ends_records = begins_sequences};
const IntervalFormat paf_format = {.index = hts::paf_lines, .is_other = nothing, .ends_records = nothing};

template <>
const IntervalFormat& format_of<BedRecord>() {
  return bed_format;
}
template <>
const IntervalFormat& format_of<GffRecord>() {
  return gff_format;
}
template <>
const IntervalFormat& format_of<PafRecord>() {
  return paf_format;
}

LineInterval interval_of(Columns columns, const hts::TabixFormat& format) {
  const tbx_conf_t& conf = format.columns;
  const auto contig = static_cast<std::size_t>(conf.sc), begin = static_cast<std::size_t>(conf.bc),
             end = static_cast<std::size_t>(std::max(conf.ec, conf.bc));
  check_count(columns, std::max(contig, end), std::numeric_limits<std::size_t>::max());
  const bool is_from_zero = (conf.preset & TBX_UCSC) != 0;
  if (columns[contig - 1].empty()) throw ColumnError(contig, "it is empty; give a name");
  LineInterval interval{.contig = columns[contig - 1]};
  // VCF's 0 is before the first base.
  interval.begin =
      is_from_zero ? number_at(columns, begin) : number_at(columns, begin, conf.preset == TBX_VCF ? 0 : 1) - 1;
  interval.end =
      begin == end ? interval.begin + 1 : number_at(columns, end, is_from_zero ? interval.begin : interval.begin + 1);
  return interval;
}

}  // namespace anneal::io

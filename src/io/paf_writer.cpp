#include "io/paf_writer.h"

#include "align/cigar_text.h"
#include "io/append.h"
#include "io/cigar_stats.h"
#include "io/sam_tags.h"

namespace anneal::io {
namespace {

std::string_view name_or_star(std::string_view name) { return name.empty() ? "*" : name; }

}  // namespace

void PafWriter::append(std::string& text, const AlignedPair& record) const {
  if (!has_path(record)) return;
  const Alignment& alignment = record.alignment;
  const Interval query = query_interval(record);
  const CigarStats stats = count_columns(record.cigar);
  text += name_or_star(record.query_name);
  append_field(text, record.query.size());
  append_field(text, query.begin);
  append_field(text, query.end);
  text += record.reverse ? "\t-\t" : "\t+\t";
  text += name_or_star(record.target_name);
  append_field(text, record.target.size());
  append_field(text, alignment.target_begin);
  append_field(text, alignment.target_end);
  append_field(text, stats.matches);
  append_field(text, stats.columns());
  append_field(text, "255");
  append_tag(text, "NM", stats.edit_distance());
  append_tag(text, "AS", alignment.score);
  append_extra_tags(text, options_, record);
  text += record.tags;
  text += "\tcg:Z:";
  options_.eqx ? align::append_cigar(text, record.cigar) : align::append_classic_cigar(text, record.cigar);
  text += '\n';
}

}  // namespace anneal::io

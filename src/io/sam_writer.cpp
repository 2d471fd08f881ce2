#include "io/sam_writer.h"

#include <algorithm>

#include "align/cigar_text.h"
#include "io/append.h"
#include "io/cigar_stats.h"
#include "io/printable.h"
#include "io/sam_names.h"
#include "io/sam_tags.h"

namespace anneal::io {
namespace {

constexpr int flag_unmapped = 4;
constexpr int flag_reverse = 16;
constexpr int flag_secondary = 256;

void append_clip(std::string& text, std::int64_t letters) {
  if (letters > 0) align::append_run(text, static_cast<std::uint32_t>(letters), 'S');
}

void append_sequence(std::string& text, std::string_view sequence) {
  text += '\t';
  if (sequence.empty()) text += '*';
  const std::size_t begin = text.size();
  text += sequence;
  if (sequence.find('*') != std::string_view::npos) {
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(begin), text.end(), '*', 'X');
  }
}

void append_quality(std::string& text, std::string_view quality, bool reverse) {
  text += '\t';
  if (quality.empty()) text += '*';
  if (reverse) {
    text.append(quality.rbegin(), quality.rend());
  } else {
    text += quality;
  }
}

std::string_view name_or_star(std::string_view name) { return name.empty() ? "*" : name; }

}  // namespace

void SamWriter::append_header(std::string& text, std::span<const Reference> references) const {
  text += "@HD\tVN:1.6\tSO:unsorted\tGO:query\n";
  check_reference_names(references);
  for (const Reference& reference : references) {
    if (reference.length == 0) continue;
    text += "@SQ\tSN:";
    text += reference.name;
    text += "\tLN:";
    append_number(text, reference.length);
    text += '\n';
  }
  text += "@PG\tID:anneal\tPN:anneal\tVN:";
  text += options_.version;
  if (!options_.command_line.empty()) {
    text += "\tCL:";
    append_printable(text, options_.command_line);
  }
  text += '\n';
}

void SamWriter::append(std::string& text, const AlignedPair& record) const {
  check_query_name(record.query_name);
  text += name_or_star(record.query_name);
  const bool is_mapped = has_path(record) && count_columns(record.cigar).target_letters() > 0;
  if (is_mapped) {
    append_mapped(text, record);
  } else {
    append_field(text, flag_unmapped);
    text += "\t*\t0\t0\t*\t*\t0\t0";
    append_sequence(text, record.query);
    append_quality(text, record.query_quality, record.reverse);
  }
  text += '\n';
}

void SamWriter::append_mapped(std::string& text, const AlignedPair& record) const {
  const Alignment& alignment = record.alignment;
  append_field(text, (record.reverse ? flag_reverse : 0) | (record.secondary ? flag_secondary : 0));
  append_field(text, record.target_name);
  append_field(text, std::int64_t{alignment.target_begin} + 1);
  append_field(text, "255\t");
  append_clip(text, alignment.query_begin);
  options_.eqx ? align::append_cigar(text, record.cigar) : align::append_classic_cigar(text, record.cigar);
  append_clip(text, static_cast<std::int64_t>(record.query.size()) - alignment.query_end);
  text += "\t*\t0\t0";
  append_sequence(text, record.query);
  append_quality(text, record.query_quality, record.reverse);
  append_tag(text, "AS", alignment.score);
  append_tag(text, "NM", count_columns(record.cigar).edit_distance());
  text += "\tMD:Z:";
  append_md(text, record.cigar, record.target.substr(static_cast<std::size_t>(alignment.target_begin)));
  append_extra_tags(text, options_, record);
  text += record.tags;
}

}  // namespace anneal::io

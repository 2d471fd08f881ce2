#include "io/tsv_writer.h"

#include "align/cigar_text.h"
#include "io/append.h"
#include "io/extra_fields.h"

namespace anneal::io {
namespace {

void append_coordinate(std::string& text, std::int32_t position) {
  if (position < 0) {
    append_field(text, ".");
  } else {
    append_field(text, position);
  }
}

void append_values(std::string& text, const ExtraFields& fields) {
  for (const ExtraField& field : fields) {
    if (field.value) {
      append_field(text, *field.value);
    } else {
      append_field(text, ".");
    }
  }
}

std::string_view name_or_dot(std::string_view name) { return name.empty() ? "." : name; }

}  // namespace

void TsvWriter::append_header(std::string& text, std::span<const Reference>) const {
  text += "query\ttarget\tscore\tquery_begin\tquery_end\ttarget_begin\ttarget_end\tcigar";
  for (const ExtraField& field : extra_fields(options_, nullptr)) append_field(text, field.name);
  if (options_.strand) text += "\tstrand";
  text += '\n';
}

void TsvWriter::append(std::string& text, const AlignedPair& record) const {
  const Alignment& alignment = record.alignment;
  const Interval query = query_interval(record);
  text += name_or_dot(record.query_name);
  append_field(text, name_or_dot(record.target_name));
  if (alignment.status == Status::outside_band) {
    append_field(text, ".");
  } else {
    append_field(text, alignment.score);
  }
  append_coordinate(text, query.begin);
  append_coordinate(text, query.end);
  append_coordinate(text, alignment.target_begin);
  append_coordinate(text, alignment.target_end);
  text += '\t';
  if (has_path(record)) {
    align::append_cigar(text, record.cigar);
  } else {
    text += '.';
  }
  append_values(text, extra_fields(options_, &record));
  if (options_.strand) append_field(text, alignment.status != Status::aligned ? "." : record.reverse ? "-" : "+");
  text += '\n';
}

}  // namespace anneal::io

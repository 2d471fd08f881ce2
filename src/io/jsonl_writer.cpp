#include "io/jsonl_writer.h"

#include "align/cigar_text.h"
#include "io/append.h"
#include "io/extra_fields.h"
#include "io/json_text.h"

namespace anneal::io {
namespace {

void append_key(std::string& text, std::string_view key) {
  text += ",\"";
  text += key;
  text += "\":";
}

void append_member(std::string& text, std::string_view key, std::int32_t value, bool exists) {
  append_key(text, key);
  if (exists) {
    append_number(text, value);
  } else {
    text += "null";
  }
}

void append_coordinate(std::string& text, std::string_view key, std::int32_t position) {
  append_member(text, key, position, position >= 0);
}

void append_members(std::string& text, const ExtraFields& fields) {
  for (const ExtraField& field : fields) {
    append_member(text, field.name, field.value.value_or(0), field.value.has_value());
  }
}

}  // namespace

void JsonlWriter::append(std::string& text, const AlignedPair& record) const {
  const Alignment& alignment = record.alignment;
  const Interval query = query_interval(record);
  text += "{\"query\":";
  append_json_string(text, record.query_name);
  append_key(text, "target");
  append_json_string(text, record.target_name);
  append_member(text, "score", alignment.score, alignment.status != Status::outside_band);
  append_coordinate(text, "query_begin", query.begin);
  append_coordinate(text, "query_end", query.end);
  append_coordinate(text, "target_begin", alignment.target_begin);
  append_coordinate(text, "target_end", alignment.target_end);
  append_key(text, "cigar");
  if (has_path(record)) {
    text += '"';
    align::append_cigar(text, record.cigar);
    text += '"';
  } else {
    text += "null";
  }
  append_members(text, extra_fields(options_, &record));
  if (options_.strand) {
    append_key(text, "strand");
    text += alignment.status != Status::aligned ? "null" : record.reverse ? "\"-\"" : "\"+\"";
  }
  text += "}\n";
}

}  // namespace anneal::io

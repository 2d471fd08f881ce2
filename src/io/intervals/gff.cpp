#include <algorithm>

#include "io/append.h"
#include "io/intervals/format.h"
#include "io/intervals/gff_attributes.h"

namespace anneal::io {
namespace {

constexpr std::size_t column_count = 9;

// GTF has no escapes outside quotes.
void append_text(std::string& text, const GffRecord& record, std::string_view field, std::string_view value) {
  if (record.dialect == GffDialect::gtf || value.empty()) {
    text += checked_text(field, value);
  } else {
    text += escaped(value, field == "contig" ? "> %" : "%");
  }
}

void check(const GffRecord& record) {
  if (record.begin < 0) refuse_field("begin", std::to_string(record.begin), "at least 0");
  if (record.end <= record.begin) refuse_field("end", std::to_string(record.end), "above its begin");
  if (std::string_view("+-.?").find(record.strand) == std::string_view::npos) {
    refuse_field("strand", std::string(1, record.strand), "one of + - . ?");
  }
  if (record.phase && (*record.phase < 0 || *record.phase > 2)) {
    refuse_field("phase", std::to_string(*record.phase), "0, 1 or 2");
  }
  if (record.contig.starts_with('#')) refuse_field("contig", record.contig, "a name that makes the line no comment");
}

}  // namespace

const GffAttribute* GffRecord::find(std::string_view key) const {
  const auto found = std::ranges::find(attributes, key, &GffAttribute::key);
  return found == attributes.end() ? nullptr : &*found;
}

void parse_record(Columns columns, GffRecord& record) {
  check_count(columns, column_count, column_count);
  parse_record(columns, record, dialect_of(columns[column_count - 1]));
}

void parse_record(Columns columns, GffRecord& record, GffDialect dialect) {
  check_count(columns, column_count, column_count);
  record = {.contig = text_at(columns, 1), .source = text_at(columns, 2), .type = text_at(columns, 3)};
  record.begin = number_at(columns, 4, 1) - 1;
  record.end = number_at(columns, 5, record.begin + 1);
  record.score = score_at(columns, 6);
  record.strand = letter_at(columns, 7, "+-.?");
  const char phase = letter_at(columns, 8, ".012");
  if (phase != '.') record.phase = phase - '0';
  record.dialect = dialect;
  record.attributes = parse_attributes(columns[column_count - 1], record.dialect);
  if (record.dialect == GffDialect::gtf) return;
  for (std::string* const text : {&record.contig, &record.source, &record.type}) *text = unescaped(*text);
}

void append_record(std::string& text, const GffRecord& record) {
  check(record);
  append_text(text, record, "contig", record.contig);
  append_text(text += '\t', record, "source", record.source);
  append_text(text += '\t', record, "type", record.type);
  append_field(text, record.begin + 1);
  append_field(text, record.end);
  append_score(text += '\t', record.score);
  append_field(text, std::string_view(&record.strand, 1));
  append_field(text, record.phase ? std::to_string(*record.phase) : ".");
  append_attributes(text += '\t', record.attributes, record.dialect);
  text += '\n';
}

}  // namespace anneal::io

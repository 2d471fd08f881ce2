#include "io/hit_json_writer.h"

#include <algorithm>

#include "align/cigar_text.h"
#include "io/append.h"
#include "io/cigar_stats.h"
#include "io/hit_record.h"
#include "io/json_text.h"
#include "io/pretty_columns.h"

namespace anneal::io {
namespace {

void append_value(std::string& text, bool value) { text += value ? "true" : "false"; }
void append_value(std::string& text, double value) { append_json_number(text, value); }
void append_value(std::string& text, std::string_view value) { append_json_string(text, value); }
void append_value(std::string& text, std::int64_t value) { append_number(text, value); }
void append_value(std::string& text, std::uint64_t value) { append_number(text, value); }

// Prints the members of an object, with its braces.
class ObjectPrinter {
 public:
  explicit ObjectPrinter(std::string& text) : text_(text) { text_ += '{'; }

  std::string& key(std::string_view name) {
    if (!is_first_) text_ += ',';
    is_first_ = false;
    append_json_string(text_, name);
    text_ += ':';
    return text_;
  }
  template <typename Value>
  void member(std::string_view name, Value value) {
    append_value(key(name), value);
  }
  void end() { text_ += '}'; }

 private:
  std::string& text_;
  bool is_first_ = true;
};

void append_database(std::string& text, const HitWriterOptions& options) {
  ObjectPrinter database(text);
  database.member("name", std::string_view(options.database));
  database.member("sequences", options.database_sequences);
  database.member("letters", options.database_letters);
  database.end();
}

void append_parameters(std::string& text, const HitWriterOptions& options) {
  ObjectPrinter parameters(text);
  for (const HitParameter& parameter : options.parameters) {
    parameters.key(parameter.name);
    std::visit([&text](const auto& value) { append_value(text, value); }, parameter.value);
  }
  parameters.end();
}

}  // namespace

void HitJsonWriter::append_header(std::string& text, std::span<const Reference>) const {
  ObjectPrinter document(text);
  document.member("program", std::string_view("anneal"));
  document.member("version", std::string_view(options_.version));
  if (!options_.command_line.empty()) document.member("command_line", std::string_view(options_.command_line));
  append_database(document.key("database"), options_);
  append_parameters(document.key("parameters"), options_);
  document.key("queries") += '[';
}

void HitJsonWriter::append(std::string& text, const HitSet& set) const {
  text += set.number > 0 ? ",\n" : "\n";
  ObjectPrinter query(text);
  query.member("name", set.query.name);
  query.member("comment", set.query.comment);
  query.member("length", std::uint64_t{set.query.letters.size()});
  query.key("hits") += '[';
  for (const Hit& hit : set.hits) {
    if (&hit != &set.hits.front()) text += ',';
    append_hit(text, set, hit);
  }
  text += ']';
  query.end();
}

void HitJsonWriter::append_hit(std::string& text, const HitSet& set, const Hit& hit) const {
  const AlignedPair record = record_of(set, hit, options_.matrix);
  const Interval query = query_interval(record);
  const CigarStats stats = count_columns(hit.cigar);
  const PrettyColumns columns = lay_out_columns(record);
  const bool is_dna = options_.matrix.alphabet() == Alphabet::dna;
  ObjectPrinter object(text);
  object.member("name", hit.target.name);
  object.member("comment", hit.target.comment);
  object.member("length", std::uint64_t{hit.target.letters.size()});
  object.member("score", std::int64_t{hit.alignment.score});
  object.member("bits", hit.bits);
  std::string& value = object.key("evalue");
  hit.evalue.has_value() ? append_json_number(value, *hit.evalue) : void(value += "null");
  if (is_dna) object.member("strand", std::string_view(hit.reverse ? "-" : "+"));
  object.member("query_begin", std::int64_t{query.begin});
  object.member("query_end", std::int64_t{query.end});
  object.member("target_begin", std::int64_t{hit.alignment.target_begin});
  object.member("target_end", std::int64_t{hit.alignment.target_end});
  object.member("columns", stats.columns());
  object.member("identities", stats.matches);
  if (!is_dna) object.member("positives", count_positives(columns));
  object.member("gaps", stats.insertions + stats.deletions);
  align::append_cigar(object.key("cigar") += '"', hit.cigar);
  text += '"';
  object.member("query_row", std::string_view(columns.query));
  object.member("target_row", std::string_view(columns.target));
  object.end();
}

void HitJsonWriter::append_footer(std::string& text, std::uint64_t) const { text += "\n]}\n"; }

}  // namespace anneal::io

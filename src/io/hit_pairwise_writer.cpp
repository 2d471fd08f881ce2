#include "io/hit_pairwise_writer.h"

#include <fmt/core.h>

#include <algorithm>

#include "base/append_format.h"
#include "base/text.h"
#include "io/blast_numbers.h"
#include "io/hit_record.h"
#include "io/pretty_blocks.h"
#include "io/printable.h"

namespace anneal::io {
namespace {

constexpr std::size_t widest_title = 60;

std::string title_of(std::string_view name, std::string_view comment) {
  std::string title(name);
  if (!comment.empty()) title += ' ';
  append_printable(title, comment);
  return title;
}

// Cut so that it fits, but not within a UTF-8 character.
std::string_view shorten(std::string_view title) {
  if (title.size() <= widest_title) return title;
  std::size_t size = widest_title;
  while (size > 0 && (static_cast<unsigned char>(title[size]) & 0xc0u) == 0x80u) --size;
  return title.substr(0, size);
}

std::string bits_of(const Hit& hit) {
  std::string text;
  append_bits(text, hit.bits);
  return text.substr(text.find_first_not_of(' '));
}

std::string evalue_of(const Hit& hit) {
  std::string text;
  append_evalue(text, hit.evalue, EvaluePrecision::report);
  return text;
}

void append_sequence_line(std::string& text, std::string_view label, const std::string& title, std::size_t letters,
                          bool color) {
  text += label;
  append_bold(text, title, color);
  base::append_format(text, " ({} letters)\n", letters);
}

struct ValueFormatter {
  std::string operator()(bool value) const { return value ? "yes" : "no"; }
  std::string operator()(const std::string& value) const { return value; }
  template <typename Number>
  std::string operator()(Number value) const {
    return fmt::format("{}", value);
  }
};

}  // namespace

void HitPairwiseWriter::append_header(std::string& text, std::span<const Reference>) const {
  base::append_format(text, "anneal {}\nDatabase ", options_.version);
  append_printable(text, options_.database);
  base::append_format(text, " ({} sequences, {} letters)\n", options_.database_sequences, options_.database_letters);
  for (const HitParameter& parameter : options_.parameters) {
    base::append_format(text, "{} {}\n", parameter.name, std::visit(ValueFormatter{}, parameter.value));
  }
  text += '\n';
}

void HitPairwiseWriter::append(std::string& text, const HitSet& set) const {
  append_sequence_line(text, "Query  ", title_of(set.query.name, set.query.comment), set.query.letters.size(),
                       options_.color);
  if (set.hits.empty()) {
    text += "No hits\n\n";
    return;
  }
  append_table(text, set);
  for (const Hit& hit : set.hits) append_alignment(text, set, hit);
}

void HitPairwiseWriter::append_table(std::string& text, const HitSet& set) const {
  std::size_t width = std::string_view("Hit").size();
  for (const Hit& hit : set.hits) {
    width = std::max(width, shorten(title_of(hit.target.name, hit.target.comment)).size());
  }
  base::append_format(text, "\n{:<{}}  {:>9}  {:>8}\n", "Hit", width, "Bits", "E-value");
  for (const Hit& hit : set.hits) {
    const std::string title = title_of(hit.target.name, hit.target.comment);
    const std::string_view shown = shorten(title);
    text += shown;
    text.append(width - shown.size(), ' ');
    base::append_format(text, "  {:>9}  {:>8}\n", bits_of(hit), evalue_of(hit));
  }
  text += '\n';
}

void HitPairwiseWriter::append_alignment(std::string& text, const HitSet& set, const Hit& hit) const {
  const AlignedPair record = record_of(set, hit, options_.matrix);
  const PrettyColumns columns = lay_out_columns(record);
  append_sequence_line(text, "Target ", title_of(hit.target.name, hit.target.comment), hit.target.letters.size(),
                       options_.color);
  base::append_format(text, "Score {}  Bits {}  E-value {}\n", hit.alignment.score, bits_of(hit), evalue_of(hit));
  append_statistics(text, record, columns);
  text += '\n';
  append_blocks(text, record, columns, options_.color);
  text += '\n';
}

}  // namespace anneal::io

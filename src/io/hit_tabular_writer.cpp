#include "io/hit_tabular_writer.h"

#include <algorithm>

#include "base/append_format.h"
#include "io/append.h"
#include "io/printable.h"

namespace anneal::io {

HitTabularWriter::HitTabularWriter(const HitWriterOptions& options, Comments comments)
    : options_(options), comments_(comments), fields_(find_blast_fields(options.fields)),
      needs_coverage_(
          std::any_of(fields_.begin(), fields_.end(), [](const BlastField* field) { return field->needs_coverage; })) {}

void HitTabularWriter::append(std::string& text, const HitSet& set) const {
  if (comments_ == Comments::blast) append_comments(text, set);
  std::vector<QueryCoverage> coverages(set.hits.size());
  if (needs_coverage_) coverages = query_coverages(set);
  for (std::size_t i = 0; i < set.hits.size(); ++i) {
    const BlastAlignment alignment = lay_out_as_blast(set, set.hits[i], options_.matrix);
    const BlastRow row{set, set.hits[i], alignment, coverages[i], options_.matrix.alphabet()};
    for (const BlastField* const field : fields_) {
      if (field != fields_.front()) text += '\t';
      field->append(text, row);
    }
    text += '\n';
  }
}

void HitTabularWriter::append_comments(std::string& text, const HitSet& set) const {
  // Readers take the program's name and version from a comment line with the word BLAST.
  base::append_format(text, "# anneal {} (BLAST tabular)\n# Query: {}", options_.version, set.query.name);
  if (!set.query.name.empty() && !set.query.comment.empty()) text += ' ';
  append_printable(text, set.query.comment);
  text += "\n# Database: ";
  append_printable(text, options_.database);
  if (!set.hits.empty()) {
    text += "\n# Fields: ";
    for (const BlastField* const field : fields_) {
      if (field != fields_.front()) text += ", ";
      text += field->long_name;
    }
  }
  text += "\n# ";
  append_number(text, set.hits.size());
  text += " hits found\n";
}

void HitTabularWriter::append_footer(std::string& text, std::uint64_t queries) const {
  if (comments_ == Comments::blast) base::append_format(text, "# BLAST processed {} queries\n", queries);
}

}  // namespace anneal::io

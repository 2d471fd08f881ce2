#include "io/hit_record_writers.h"

#include "base/append_format.h"
#include "io/cigar_stats.h"
#include "io/hit_record.h"

namespace anneal::io {
namespace {

std::string tags_of(const Hit& hit) {
  std::string tags;
  if (hit.evalue.has_value()) base::append_format(tags, "\tEV:f:{:.6g}", *hit.evalue);
  const CigarStats stats = count_columns(hit.cigar);
  const double identity = 100.0 * static_cast<double>(stats.matches) / static_cast<double>(stats.columns());
  base::append_format(tags, "\tBS:f:{:.6g}\tPI:f:{:.2f}", hit.bits, identity);
  return tags;
}

void append_hits(std::string& text, const RecordWriter& writer, const HitSet& set, const SubstitutionMatrix& matrix) {
  for (const Hit& hit : set.hits) {
    const std::string tags = tags_of(hit);
    AlignedPair record = record_of(set, hit, matrix);
    record.secondary = &hit != &set.hits.front();
    record.tags = tags;
    writer.append(text, record);
  }
}

void append_without_hits(std::string& text, const SamWriter& writer, const HitSet& set,
                         const SubstitutionMatrix& matrix) {
  const Alignment none;
  writer.append(text, {.query_name = set.query.name,
                       .query = set.query.letters,
                       .query_quality = {},
                       .target_name = {},
                       .target = {},
                       .alignment = none,
                       .matrix = matrix});
}

}  // namespace

HitSamWriter::HitSamWriter(const HitWriterOptions& options)
    : matrix_(options.matrix),
      writer_({.eqx = options.eqx, .version = options.version, .command_line = options.command_line}) {}

void HitSamWriter::append_header(std::string& text, std::span<const Reference> references) const {
  writer_.append_header(text, references);
}

void HitSamWriter::append(std::string& text, const HitSet& set) const {
  append_hits(text, writer_, set, matrix_);
  if (set.hits.empty()) append_without_hits(text, writer_, set, matrix_);
}

HitPafWriter::HitPafWriter(const HitWriterOptions& options) : matrix_(options.matrix), writer_({.eqx = options.eqx}) {}

void HitPafWriter::append(std::string& text, const HitSet& set) const { append_hits(text, writer_, set, matrix_); }

}  // namespace anneal::io

#include "io/intervals/gff_lines.h"

#include <fmt/core.h>

#include <utility>

#include "io/intervals/format.h"
#include "io/intervals/gff_attributes.h"
#include "io/intervals/line_format.h"
#include "io/resumed_source.h"

namespace anneal::io {
namespace {

constexpr std::size_t attribute_column = 9;
constexpr std::string_view version_line = "##gff-version";
constexpr std::string_view gff3_line = "##gff-version 3";

bool has_attributes(Columns columns) {
  return columns.size() >= attribute_column && !columns[attribute_column - 1].empty() &&
         columns[attribute_column - 1] != ".";
}

// Of lines that are whole.
std::optional<GffDialect> dialect_of_lines(std::string_view text) {
  std::vector<std::string_view> columns;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.starts_with(gff3_line)) return GffDialect::gff3;
    if (gff_lines.kind_of(line) != LineKind::record) continue;
    split_columns(line, columns);
    if (has_attributes(columns)) return dialect_of(columns[attribute_column - 1]);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(GffDialect dialect) { return dialect == GffDialect::gtf ? "GTF" : "GFF3"; }

DetectedDialect detect_dialect(std::unique_ptr<ByteSource> source) {
  std::string head;
  std::optional<GffDialect> dialect;
  for (std::size_t size = std::size_t{64} << 10; !dialect; size *= 2) {
    const std::string more = read_head(*source, size);
    head += more;
    dialect = dialect_of_lines(head);
    if (more.size() < size) break;
  }
  return {.source = std::make_unique<ResumedSource>(std::move(head), std::move(source)), .dialect = dialect};
}

void require_dialect(Columns columns, GffDialect dialect) {
  if (!has_attributes(columns) || dialect_of(columns[attribute_column - 1]) == dialect) return;
  throw ColumnError(attribute_column, fmt::format("it is {}, and the lines before are {}; give a file of one of them",
                                                  dialect == GffDialect::gtf ? "GFF3" : "GTF", name_of(dialect)));
}

GffLineConverter::GffLineConverter(GffDialect target)
    : target_(target), source_(target == GffDialect::gtf ? GffDialect::gff3 : GffDialect::gtf),
      conversion_(target == GffDialect::gtf ? gff3_to_gtf() : gtf_to_gff3()) {}

std::string_view GffLineConverter::head() const { return target_ == GffDialect::gff3 ? "##gff-version 3\n" : ""; }

void GffLineConverter::parse(Columns columns) {
  require_dialect(columns, source_);
  parse_record(columns, record_, source_);
}

void GffLineConverter::learn(Columns columns) {
  parse(columns);
  conversion_->learn(record_);
}

void GffLineConverter::append_record(std::string& text, Columns columns) {
  parse(columns);
  converted_.clear();
  conversion_->convert(record_, converted_);
  for (const GffRecord& record : converted_) io::append_record(text, record);
}

void GffLineConverter::append_other(std::string& text, std::string_view line) {
  if (target_ == GffDialect::gtf && gff_lines.kind_of(line) == LineKind::tail) is_over_ = true;
  if (is_over_ || line == "###" || line.starts_with(version_line)) return;
  text += line;
  text += '\n';
}

}  // namespace anneal::io

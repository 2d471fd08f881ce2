#include "cli/gff_dialect_check.h"

#include <fmt/format.h>

#include <utility>

#include "cli/named_format.h"
#include "io/intervals/gff_attributes.h"

namespace anneal::cli {

GffDialectCheck::GffDialectCheck(std::string output) : output_(std::move(output)) {
  const std::string_view named = format_in_name(output_).format;
  if (named == "GFF3") named_ = io::GffDialect::gff3;
  if (named == "GTF") named_ = io::GffDialect::gtf;
}

void GffDialectCheck::check_record(io::Columns columns) const {
  constexpr std::size_t column = 9;
  if (!named_ || columns.size() < column || columns[column - 1] == ".") return;
  const io::GffDialect dialect = io::dialect_of(columns[column - 1]);
  if (dialect != named_) refuse(column, dialect);
}

void GffDialectCheck::check_comment(std::string_view line) const {
  if (named_ == io::GffDialect::gtf && line.starts_with("##gff-version 3")) refuse(1, io::GffDialect::gff3);
}

// GTF wants genes and transcripts by name in each line, which GFF3 has in others.
void GffDialectCheck::refuse(std::size_t column, io::GffDialect dialect) const {
  const bool is_gtf = dialect == io::GffDialect::gtf;
  throw io::ColumnError(
      column, fmt::format("it is {}, and -o '{}' names {}, into which it is not converted here: end the "
                          "name with {} or .gff, or convert the file, as by gffread",
                          is_gtf ? "GTF" : "GFF3", output_, is_gtf ? "GFF3" : "GTF", is_gtf ? ".gtf" : ".gff3"));
}

}  // namespace anneal::cli

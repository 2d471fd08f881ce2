#include "io/file_format.h"

#include <string>
#include <utility>
#include <vector>

#include "io/intervals/line_format.h"
#include "io/resumed_source.h"

namespace anneal::io {
namespace {

constexpr std::size_t head_size = std::size_t{256} << 10;

bool is_interval(Columns columns, const LineFormat& format) {
  try {
    interval_of(columns, format);
    return true;
  } catch (const ColumnError&) {
    return false;
  }
}

bool is_one_of(std::string_view text, std::string_view letters) {
  return text.size() == 1 && letters.find(text[0]) != std::string_view::npos;
}

FileFormat format_of_line(std::string_view line) {
  std::vector<std::string_view> columns;
  split_columns(line, columns);
  constexpr std::size_t gff_columns = 9, paf_columns = 12;
  if (columns.size() == gff_columns && is_one_of(columns[6], "+-.?") && is_interval(columns, gff_lines)) {
    return FileFormat::gff;
  }
  if (columns.size() >= paf_columns && is_one_of(columns[4], "+-") && is_interval(columns, paf_lines)) {
    return FileFormat::paf;
  }
  return is_interval(columns, bed_lines) ? FileFormat::bed : FileFormat::other;
}

bool is_sam_header(std::string_view text) {
  for (const std::string_view type : {"@HD\t", "@SQ\t", "@RG\t", "@PG\t", "@CO\t"}) {
    if (text.starts_with(type)) return true;
  }
  return false;
}

FileFormat format_of_lines(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with("##gff-version")) return FileFormat::gff;
    if (bed_lines.kind_of(line) == LineKind::record) return format_of_line(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return FileFormat::other;
}

FileFormat format_of(std::string_view head) {
  if (head.empty()) return FileFormat::empty;
  if (head.starts_with(std::string_view("BCF\2", 4))) return FileFormat::bcf;
  if (head.starts_with("##fileformat=VCF")) return FileFormat::vcf;
  const std::size_t begin = head.find_first_not_of("\r\n");
  const char first = begin == std::string_view::npos ? '\0' : head[begin];
  if (first == '>') return FileFormat::fasta;
  if (first == '@') return is_sam_header(head) ? FileFormat::other : FileFormat::fastq;
  return format_of_lines(head);
}

}  // namespace

DetectedInput detect_format(std::unique_ptr<ByteSource> source) {
  std::string head = read_head(*source, head_size);
  const FileFormat format = format_of(head);
  return {.source = std::make_unique<ResumedSource>(std::move(head), std::move(source)), .format = format};
}

}  // namespace anneal::io

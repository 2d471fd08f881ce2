#include "io/hts/fai.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <string_view>

#include "anneal/error.h"
#include "io/input.h"
#include "io/intervals/columns.h"
#include "io/line_reader.h"
#include "io/open_file.h"

namespace anneal::io::hts {
namespace {

constexpr std::size_t block_size = std::size_t{64} << 10;
constexpr std::size_t fasta_columns = 5, fastq_columns = 6;

// Behind the largest position that a file can have, places could not be computed.
void check_end(const FaiEntry& entry) {
  if (entry.length == 0) return;
  const std::int64_t room = std::numeric_limits<std::int64_t>::max() - std::max(entry.begin, entry.quality_begin);
  if (entry.length / entry.line_letters < room / entry.line_bytes) return;
  throw ColumnError(2, fmt::format("no file is so long that it has {} letters from there on", entry.length));
}

FaiEntry parse_entry(Columns columns) {
  check_count(columns, fasta_columns, fastq_columns);
  FaiEntry entry{.name = text_at(columns, 1), .length = number_at(columns, 2), .begin = number_at(columns, 3)};
  const std::int64_t least = entry.length > 0 ? 1 : 0;
  constexpr std::int64_t most = std::int64_t{1} << 32;
  entry.line_letters = number_at(columns, 4, least, most);
  entry.line_bytes = number_at(columns, 5, entry.line_letters, most);
  if (columns.size() == fastq_columns) entry.quality_begin = number_at(columns, 6, entry.begin);
  check_end(entry);
  return entry;
}

}  // namespace

std::int64_t FaiEntry::end() const {
  const std::int64_t first = quality_begin > 0 ? quality_begin : begin;
  if (length == 0) return first;
  const std::int64_t last = length - 1;
  return first + last / line_letters * line_bytes + last % line_letters + 1;
}

Fai read_fai(const std::string& path) {
  LineReader lines(open_input(path), block_size);
  Fai fai;
  std::vector<std::string_view> columns;
  for (std::uint64_t number = 1; lines.peek() != LineReader::end_of_input; ++number) {
    split_columns(lines.next().text, columns);
    try {
      const bool is_fastq = columns.size() == fastq_columns;
      fai.entries.push_back(parse_entry(columns));
      if (number > 1 && is_fastq != fai.is_fastq)
        throw ColumnError(columns.size(), "other lines have another number of columns");
      fai.is_fastq = is_fastq;
    } catch (const ColumnError& error) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("line {} of the index {}, column {}: {}; make it again with anneal "
                              "index",
                              number, input_name(path), error.column(), error.what()));
    }
  }
  return fai;
}

}  // namespace anneal::io::hts

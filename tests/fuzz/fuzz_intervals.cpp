// Any bytes as BED, GFF3, GTF or PAF, or as regions: records that can be written and read again, or one error.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/intervals.h"
#include "fuzz/input_file.h"
#include "io/bed_regions.h"
#include "io/intervals/format.h"
#include "io/intervals/line_format.h"

namespace anneal::fuzz {
namespace {

struct Place {
  std::int64_t begin, end;
  friend bool operator==(const Place&, const Place&) = default;
};

Place place_of(const io::BedRecord& record) { return {record.begin, record.end}; }
Place place_of(const io::GffRecord& record) { return {record.begin, record.end}; }
Place place_of(const io::PafRecord& record) { return {record.target_begin, record.target_end}; }

// Writers refuse a few names that a reader cannot tell from a comment. What they write is what was read.
template <typename Record>
void write_again(const Record& record, const io::LineFormat& format) {
  std::string text;
  bool is_written = false;
  expect_errors_only([&] {
    io::append_record(text, record);
    is_written = true;
  });
  if (!is_written) return;
  const std::string_view line = std::string_view(text).substr(0, text.size() - 1);
  require(text.back() == '\n' && line.find_first_of("\n\r") == std::string_view::npos);
  require(format.kind_of(line) == io::LineKind::record);
  std::vector<std::string_view> columns;
  io::split_columns(line, columns);
  Record again;
  io::parse_record(columns, again);
  require(again == record);
}

// An index has a record where its reader has it.
template <typename Record>
void check_place(std::string_view line, const Record& record, const io::LineFormat& format) {
  std::vector<std::string_view> columns;
  io::split_columns(line, columns);
  const io::LineInterval interval = io::interval_of(columns, format);
  require(place_of(record) == Place{interval.begin, interval.end});
}

// Without the blocks of memory that the readers of files take, which cost more than all the rest.
template <typename Record>
void parse_lines(std::string_view text, const io::LineFormat& format) {
  std::vector<std::string_view> columns;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    const io::LineKind kind = format.kind_of(line);
    if (kind == io::LineKind::tail) return;
    if (kind == io::LineKind::other) continue;
    io::split_columns(line, columns);
    try {
      Record record;
      io::parse_record(columns, record);
      check_place(line, record, format);
      write_again(record, format);
    } catch (const io::ColumnError& error) {
      require(error.column() >= 1 && error.column() <= columns.size() + 1);
    }
  }
}

template <typename Record>
void read_file(std::string_view bytes) {
  const std::string& path = input_file(bytes);
  expect_errors_only([&] {
    io::IntervalReader<Record> reader(path);
    io::IntervalWriter<Record> writer("/dev/null");
    for (Record record; reader.read(record);) {
      expect_errors_only([&] { writer.write(record); });
    }
  });
}

template <typename Record>
void read_as(std::string_view bytes, const io::LineFormat& format, bool is_file) {
  if (is_file) return read_file<Record>(bytes);
  parse_lines<Record>(bytes, format);
}

void read_regions(std::string_view bytes) {
  const std::string& path = input_file(bytes);
  expect_errors_only([&] {
    const auto is_contig = [](std::string_view name) { return name.starts_with('c'); };
    for (const io::Region& region : io::read_bed_regions(path, is_contig)) {
      require(is_contig(region.contig) && region.begin >= 0 && region.begin < region.end);
    }
  });
}

// The first byte of the input chooses what the others are: lines of a format, or a file.
void read_as_intervals(std::string_view input) {
  const unsigned choice = static_cast<unsigned char>(input[0]);
  input.remove_prefix(1);
  const bool is_file = choice / 4 % 16 == 15;
  switch (choice % 4) {
    case 0:
      return read_as<io::BedRecord>(input, io::bed_lines, is_file);
    case 1:
      return read_as<io::GffRecord>(input, io::gff_lines, is_file);
    case 2:
      return read_as<io::PafRecord>(input, io::paf_lines, is_file);
    default:
      return read_regions(input);
  }
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::read_as_intervals({reinterpret_cast<const char*>(data), size});
  return 0;
}

// Any bytes as GFF3, GTF or PAF, in another format: lines that are of that format, or one error.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input_file.h"
#include "io/intervals/format.h"
#include "io/intervals/gff_attributes.h"
#include "io/intervals/gff_lines.h"
#include "io/intervals/line_format.h"
#include "io/intervals/to_bed.h"

namespace anneal::fuzz {
namespace {

// work(line, whether it is a record) for each line, as io::IntervalLines gives them.
template <typename Work>
void for_lines(std::string_view text, const io::LineFormat& format, Work work) {
  bool is_over = false;
  while (!text.empty()) {
    const std::size_t size = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    const io::LineKind kind = format.kind_of(line);
    is_over |= kind == io::LineKind::tail;
    work(line, !is_over && kind == io::LineKind::record);
  }
}

// Empty where there was an error.
std::string converted(std::string_view text, const io::LineFormat& format, io::LineConverter& converter) {
  std::vector<std::string_view> columns;
  std::string result(converter.head());
  bool is_whole = false;
  expect_errors_only([&] {
    try {
      const auto split = [&](std::string_view line) {
        io::split_columns(line, columns);
        return io::Columns(columns);
      };
      for_lines(text, format, [&](std::string_view line, bool is_record) {
        if (is_record) converter.learn(split(line));
      });
      for_lines(text, format, [&](std::string_view line, bool is_record) {
        is_record ? converter.append_record(result, split(line)) : converter.append_other(result, line);
      });
      is_whole = true;
    } catch (const io::ColumnError& error) {
      require(error.column() >= 1 && error.column() <= columns.size() + 1);
    }
  });
  return is_whole ? result : "";
}

template <typename Record, typename Check>
void check_records(std::string_view text, const io::LineFormat& format, Check check) {
  std::vector<std::string_view> columns;
  for_lines(text, format, [&](std::string_view line, bool is_record) {
    if (!is_record) return;
    io::split_columns(line, columns);
    Record record;
    io::parse_record(columns, record);
    check(columns, record);
  });
}

void to_dialect(std::string_view text, io::GffDialect dialect) {
  io::GffLineConverter converter(dialect);
  const std::string result = converted(text, io::gff_lines, converter);
  check_records<io::GffRecord>(result, io::gff_lines, [&](io::Columns columns, const io::GffRecord& record) {
    require(record.attributes.empty() || io::dialect_of(columns[8]) == dialect);
  });
}

void to_bed(std::string_view text, const io::LineFormat& format) {
  const std::string result = converted(text, format, *io::converter_to_bed(format));
  check_records<io::BedRecord>(result, io::bed_lines,
                               [](io::Columns columns, const io::BedRecord&) { require(columns.size() == 6); });
}

// The first byte of the input chooses what the others become.
void convert(std::string_view input) {
  const unsigned choice = static_cast<unsigned char>(input[0]) % 4;
  input.remove_prefix(1);
  if (choice == 0) to_dialect(input, io::GffDialect::gtf);
  if (choice == 1) to_dialect(input, io::GffDialect::gff3);
  if (choice == 2) to_bed(input, io::gff_lines);
  if (choice == 3) to_bed(input, io::paf_lines);
}

}  // namespace
}  // namespace anneal::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 0) anneal::fuzz::convert({reinterpret_cast<const char*>(data), size});
  return 0;
}

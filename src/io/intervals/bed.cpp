#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "io/append.h"
#include "io/intervals/format.h"

namespace anneal::io {
namespace {

constexpr std::size_t most_columns = 12;

// "10,20," or "10,20"
std::vector<std::int64_t> list_at(Columns columns, std::size_t column, std::size_t count) {
  std::string_view text = columns[column - 1];
  std::vector<std::int64_t> values;
  if (text.ends_with(',')) text.remove_suffix(1);
  while (!text.empty()) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const auto size = static_cast<std::size_t>(end - text.data());
    const bool is_number = error == std::errc() && value >= 0 && (size == text.size() || text[size] == ',');
    if (!is_number) throw ColumnError(column, fmt::format("{} begins with no number", base::quote(text)));
    values.push_back(value);
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  if (values.size() == count) return values;
  throw ColumnError(column, fmt::format("column 10 asks for {} numbers, and it has {}", count, values.size()));
}

void parse_blocks(Columns columns, BedRecord& record) {
  constexpr std::int64_t most_blocks = 1 << 24;
  const auto count = static_cast<std::size_t>(number_at(columns, 10, 0, most_blocks));
  const auto sizes = list_at(columns, 11, count), begins = list_at(columns, 12, count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t length = record.end - record.begin;
    if (begins[i] > length || sizes[i] > length - begins[i]) {
      throw ColumnError(12, fmt::format("block {} ends behind the record", i + 1));
    }
    record.blocks.push_back({.begin = begins[i], .size = sizes[i]});
  }
}

void check(const BedRecord& record) {
  const int columns = record.columns;
  if (columns < 3 || columns > 12 || columns == 10 || columns == 11) {
    refuse_field("number of columns", std::to_string(columns), "3..9 or 12");
  }
  if (record.begin < 0) refuse_field("begin", std::to_string(record.begin), "at least 0");
  if (record.end < record.begin) refuse_field("end", std::to_string(record.end), "at least its begin");
  if (std::string_view("+-.").find(record.strand) == std::string_view::npos) {
    refuse_field("strand", std::string(1, record.strand), "one of + - .");
  }
  if (record.contig.starts_with('#')) refuse_field("contig", record.contig, "a name that makes the line no comment");
}

void append_blocks(std::string& text, const BedRecord& record) {
  append_field(text, record.blocks.size());
  std::string sizes, begins;
  for (const BedBlock& block : record.blocks) {
    const std::int64_t length = record.end - record.begin;
    if (block.begin < 0 || block.size < 0 || block.begin > length || block.size > length - block.begin) {
      refuse_field("block", fmt::format("{}+{}", block.begin, block.size), "within the record");
    }
    sizes += fmt::format("{},", block.size);
    begins += fmt::format("{},", block.begin);
  }
  append_field(text, sizes);
  append_field(text, begins);
}

}  // namespace

void parse_record(Columns columns, BedRecord& record) {
  check_count(columns, 3, most_columns);
  const std::size_t count = columns.size();
  if (count == 10 || count == 11) throw ColumnError(count, "blocks are columns 10 to 12; give all three or none");
  record = {.contig = text_at(columns, 1), .begin = number_at(columns, 2), .columns = static_cast<int>(count)};
  record.end = number_at(columns, 3, record.begin);
  if (count >= 4) record.name = text_at(columns, 4);
  if (count >= 5) record.score = score_at(columns, 5);
  if (count >= 6) record.strand = letter_at(columns, 6, "+-.");
  if (count >= 7) record.thick_begin = number_at(columns, 7);
  if (count >= 8) record.thick_end = number_at(columns, 8);
  if (count >= 9) record.color = text_at(columns, 9);
  if (count == most_columns) parse_blocks(columns, record);
}

void append_record(std::string& text, const BedRecord& record) {
  check(record);
  const int count = record.columns;
  text += checked_text("contig", record.contig);
  append_field(text, record.begin);
  append_field(text, record.end);
  if (count >= 4) append_field(text, checked_text("name", record.name));
  if (count >= 5) append_score(text += '\t', record.score);
  if (count >= 6) append_field(text, std::string_view(&record.strand, 1));
  if (count >= 7) append_field(text, record.thick_begin);
  if (count >= 8) append_field(text, record.thick_end);
  if (count >= 9) append_field(text, checked_text("color", record.color));
  if (count == 12) append_blocks(text, record);
  text += '\n';
}

}  // namespace anneal::io

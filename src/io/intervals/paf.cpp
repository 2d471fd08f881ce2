#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "io/append.h"
#include "io/intervals/format.h"

namespace anneal::io {
namespace {

constexpr std::size_t fixed_columns = 12;
constexpr int largest_quality = 255;

PafTag tag_at(Columns columns, std::size_t column) {
  const std::string_view text = columns[column - 1];
  const bool is_tag = text.size() >= 5 && text[2] == ':' && text[4] == ':';
  if (!is_tag) throw ColumnError(column, fmt::format("{} is no tag; write it as NM:i:3", base::quote(text)));
  return {.name = std::string(text.substr(0, 2)), .type = text[3], .value = std::string(text.substr(5))};
}

void check_range(std::string_view side, std::int64_t length, std::int64_t begin, std::int64_t end) {
  if (begin >= 0 && begin <= end && end <= length) return;
  refuse_field(side, fmt::format("{}..{}", begin, end), fmt::format("within 0..{}, its length", length));
}

void append_tag(std::string& text, const PafTag& tag) {
  const auto is_clean = [](char byte) { return byte > ' ' && byte != 0x7f; };
  const bool is_name = tag.name.size() == 2 && std::ranges::all_of(tag.name, is_clean) && is_clean(tag.type);
  if (!is_name) refuse_field("tag", tag.name, "of two letters, with a letter as type");
  if (tag.value.find_first_of("\t\n\r") != std::string::npos) refuse_field(tag.name, tag.value, "text without tabs");
  text += fmt::format("\t{}:{}:{}", tag.name, tag.type, tag.value);
}

}  // namespace

const PafTag* PafRecord::find(std::string_view name) const {
  const auto found = std::ranges::find(tags, name, &PafTag::name);
  return found == tags.end() ? nullptr : &*found;
}

void parse_record(Columns columns, PafRecord& record) {
  check_count(columns, fixed_columns, std::numeric_limits<std::size_t>::max());
  record = {.query = text_at(columns, 1)};
  record.query_length = number_at(columns, 2);
  record.query_begin = number_at(columns, 3, 0, record.query_length);
  record.query_end = number_at(columns, 4, record.query_begin, record.query_length);
  record.strand = letter_at(columns, 5, "+-");
  record.target = text_at(columns, 6);
  record.target_length = number_at(columns, 7);
  record.target_begin = number_at(columns, 8, 0, record.target_length);
  record.target_end = number_at(columns, 9, record.target_begin, record.target_length);
  record.matches = number_at(columns, 10);
  record.columns = number_at(columns, 11);
  record.mapping_quality = static_cast<int>(number_at(columns, 12, 0, largest_quality));
  for (std::size_t column = fixed_columns + 1; column <= columns.size(); ++column) {
    record.tags.push_back(tag_at(columns, column));
  }
}

void append_record(std::string& text, const PafRecord& record) {
  check_range("query", record.query_length, record.query_begin, record.query_end);
  check_range("target", record.target_length, record.target_begin, record.target_end);
  if (record.strand != '+' && record.strand != '-') refuse_field("strand", std::string(1, record.strand), "+ or -");
  if (record.matches < 0) refuse_field("matches", std::to_string(record.matches), "at least 0");
  if (record.columns < 0) refuse_field("columns", std::to_string(record.columns), "at least 0");
  if (record.mapping_quality < 0 || record.mapping_quality > largest_quality) {
    refuse_field("mapping quality", std::to_string(record.mapping_quality), "0..255");
  }
  if (record.query.starts_with('#')) refuse_field("query", record.query, "a name that makes the line no comment");
  text += checked_text("query", record.query);
  for (const std::int64_t number : {record.query_length, record.query_begin, record.query_end})
    append_field(text, number);
  append_field(text, std::string_view(&record.strand, 1));
  append_field(text, checked_text("target", record.target));
  for (const std::int64_t number : {record.target_length, record.target_begin, record.target_end, record.matches,
                                    record.columns, std::int64_t{record.mapping_quality}}) {
    append_field(text, number);
  }
  for (const PafTag& tag : record.tags) append_tag(text, tag);
  text += '\n';
}

}  // namespace anneal::io

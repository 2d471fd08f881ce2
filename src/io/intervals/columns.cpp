#include "io/intervals/columns.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "anneal/error.h"
#include "base/text.h"
#include "io/letters.h"

namespace anneal::io {

void split_columns(std::string_view line, std::vector<std::string_view>& columns) {
  columns.clear();
  while (true) {
    const std::size_t end = line.find('\t');
    columns.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return;
    line.remove_prefix(end + 1);
  }
}

void check_count(Columns columns, std::size_t least, std::size_t most) {
  if (columns.size() >= least && columns.size() <= most) return;
  const std::string expected = least == most                                     ? fmt::format("{}", least)
                               : most == std::numeric_limits<std::size_t>::max() ? fmt::format("{} or more", least)
                                                                                 : fmt::format("{} to {}", least, most);
  throw ColumnError(
      columns.size() > most ? most + 1 : columns.size(),
      fmt::format("the line has {} columns, and the format has {}; separate them by tabs", columns.size(), expected));
}

std::string text_at(Columns columns, std::size_t column) {
  const std::string_view text = columns[column - 1];
  if (text.empty()) throw ColumnError(column, "it is empty; give a name or .");
  return std::string(text);
}

std::int64_t number_at(Columns columns, std::size_t column, std::int64_t least, std::int64_t most) {
  const std::string_view text = columns[column - 1];
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  if (is_whole && value >= least && value <= most) return value;
  throw ColumnError(column, fmt::format("{} is no whole number {}", base::quote(text),
                                        most == std::numeric_limits<std::int64_t>::max()
                                            ? fmt::format("of at least {}", least)
                                            : fmt::format("within {}..{}", least, most)));
}

std::optional<double> score_at(Columns columns, std::size_t column) {
  const std::string_view text = columns[column - 1];
  if (text == ".") return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_whole = error != std::errc::invalid_argument && end == text.data() + text.size();
  if (is_whole && std::isfinite(value)) return value;
  throw ColumnError(column, fmt::format("{} is no number; give one, or . for none", base::quote(text)));
}

char letter_at(Columns columns, std::size_t column, std::string_view allowed) {
  const std::string_view text = columns[column - 1];
  if (text.size() == 1 && allowed.find(text[0]) != std::string_view::npos) return text[0];
  throw ColumnError(column, fmt::format("{} is none of the letters {}", base::quote(text), allowed));
}

std::string_view checked_text(std::string_view field, std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, is_no_control)) {
    refuse_field(field, text, "text without tabs and line ends, and not be empty");
  }
  return text;
}

void append_score(std::string& line, const std::optional<double>& score) {
  if (score && !std::isfinite(*score)) refuse_field("score", fmt::format("{}", *score), "a finite number");
  line += score ? fmt::format("{}", *score) : ".";
}

void refuse_field(std::string_view field, std::string_view value, std::string_view allowed) {
  throw Error(ErrorCode::invalid_argument,
              fmt::format("the record's {} cannot be {}; it has to be {}", field, base::quote(value), allowed));
}

}  // namespace anneal::io

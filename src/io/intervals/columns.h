// Lines of columns that are separated by tabs.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace anneal::io {

/// What is wrong with a column, which counts from 1. Readers add the line and the file.
class ColumnError : public std::runtime_error {
 public:
  ColumnError(std::size_t column, const std::string& reason) : std::runtime_error(reason), column_(column) {}
  std::size_t column() const { return column_; }

 private:
  std::size_t column_;
};

using Columns = std::span<const std::string_view>;

void split_columns(std::string_view line, std::vector<std::string_view>& columns);

/// All throw ColumnError; `column` counts from 1.
void check_count(Columns columns, std::size_t least, std::size_t most);
std::string text_at(Columns columns, std::size_t column);  ///< not empty
std::int64_t number_at(Columns columns, std::size_t column, std::int64_t least = 0,
                       std::int64_t most = std::numeric_limits<std::int64_t>::max());
std::optional<double> score_at(Columns columns, std::size_t column);  ///< nothing for "."
char letter_at(Columns columns, std::size_t column, std::string_view allowed);

/// What a writer puts into a column. Throws Error(invalid_argument) naming `field` where it is empty or has a control
/// byte.
std::string_view checked_text(std::string_view field, std::string_view text);
void append_score(std::string& line, const std::optional<double>& score);

/// Throws Error(invalid_argument) saying that `field` cannot be `value`.
[[noreturn]] void refuse_field(std::string_view field, std::string_view value, std::string_view allowed);

}  // namespace anneal::io

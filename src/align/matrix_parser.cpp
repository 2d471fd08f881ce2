// NCBI's text format of substitution matrices.
#include <fmt/core.h>

#include <algorithm>
#include <bitset>
#include <charconv>
#include <limits>
#include <vector>

#include "anneal/error.h"
#include "anneal/scoring.h"
#include "base/text.h"

namespace anneal {
namespace {

using Score = std::int8_t;

struct Row {
  int code;
  std::vector<Score> scores;
};

std::vector<std::string_view> split_fields(std::string_view line) {
  constexpr std::string_view blanks = " \t\v\f\r";
  std::vector<std::string_view> fields;
  for (std::size_t begin = line.find_first_not_of(blanks); begin != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(blanks, end);
  }
  return fields;
}

class MatrixParser {
 public:
  explicit MatrixParser(std::string_view source) : source_(source) {}

  void parse(std::string_view text) {
    while (!text.empty()) {
      const std::size_t length = std::min(text.find('\n'), text.size());
      ++line_;
      parse_line(text.substr(0, length));
      text.remove_prefix(std::min(length + 1, text.size()));
    }
    check_complete();
  }

  const std::string& letters() const { return letters_; }
  const std::vector<Row>& rows() const { return rows_; }

 private:
  void parse_line(std::string_view line) {
    if (line.find('\0') != line.npos) fail("a NUL byte: a matrix file is plain text");
    const auto fields = split_fields(line);
    if (fields.empty() || fields.front().front() == '#') return;
    if (letters_.empty()) {
      parse_header(fields);
    } else {
      parse_row(fields);
    }
  }

  void parse_header(const std::vector<std::string_view>& fields) {
    if (fields.size() > SubstitutionMatrix::max_letters) {
      fail(fmt::format("{} columns: at most {} letters are allowed", fields.size(), SubstitutionMatrix::max_letters));
    }
    for (const auto field : fields) {
      const char letter = parse_letter(field, "column");
      if (letters_.find(letter) != letters_.npos) fail(fmt::format("column '{}' is there twice: remove one", letter));
      letters_ += letter;
    }
    header_line_ = line_;
  }

  void parse_row(const std::vector<std::string_view>& fields) {
    const char letter = parse_letter(fields.front(), "row");
    const std::size_t code = letters_.find(letter);
    if (code == letters_.npos) {
      fail(fmt::format("row '{}' has no column in line {}: the table must be square", letter, header_line_));
    }
    if (seen_[code]) fail(fmt::format("row '{}' is there twice: remove one", letter));
    seen_.set(code);
    if (fields.size() - 1 != letters_.size()) {
      fail(fmt::format("row '{}' has {} scores: {} are needed, one per column of line {}", letter, fields.size() - 1,
                       letters_.size(), header_line_));
    }
    Row row{static_cast<int>(code), {}};
    for (std::size_t column = 0; column < letters_.size(); ++column) {
      row.scores.push_back(parse_score(fields[column + 1], letter, letters_[column]));
    }
    rows_.push_back(std::move(row));
  }

  char parse_letter(std::string_view field, std::string_view what) const {
    const char letter = base::to_upper(field.front());
    if (field.size() != 1 || !(letter == '*' || (letter >= 'A' && letter <= 'Z'))) {
      fail(fmt::format("{} {} is no letter: allowed are A-Z, a-z and *", what, base::quote(field)));
    }
    return letter;
  }

  Score parse_score(std::string_view field, char row, char column) const {
    Score score = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), score);
    if (error != std::errc{} || end != field.data() + field.size()) {
      fail(fmt::format("score {} in row '{}', column '{}': give an integer from {} to {}", base::quote(field), row,
                       column, std::numeric_limits<Score>::min(), std::numeric_limits<Score>::max()));
    }
    return score;
  }

  void check_complete() const {
    if (letters_.empty()) {
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{}: no matrix: a line of column letters and one line per letter are needed", source_));
    }
    for (std::size_t code = 0; code < letters_.size(); ++code) {
      if (!seen_[code]) {
        throw Error(ErrorCode::invalid_input, fmt::format("{}: no row for '{}', a column of line {}: the table must "
                                                          "be square",
                                                          source_, letters_[code], header_line_));
      }
    }
  }

  [[noreturn]] void fail(const std::string& message) const {
    throw Error(ErrorCode::invalid_input, fmt::format("{}: line {}: {}", source_, line_, message));
  }

  std::string_view source_;
  std::size_t line_ = 0;
  std::size_t header_line_ = 0;
  std::string letters_;
  std::bitset<SubstitutionMatrix::max_letters> seen_;
  std::vector<Row> rows_;
};

}  // namespace

SubstitutionMatrix SubstitutionMatrix::parse(std::string_view text, std::string_view source, Alphabet alphabet) {
  MatrixParser parser(source);
  parser.parse(text);
  SubstitutionMatrix result(source, alphabet, parser.letters());
  for (const Row& row : parser.rows()) {
    for (int target = 0; target < result.size(); ++target) {
      result.set_score(row.code, target, row.scores[static_cast<std::size_t>(target)]);
    }
  }
  return result;
}

}  // namespace anneal

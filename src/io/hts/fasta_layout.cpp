#include "io/hts/fasta_layout.h"

#include <fmt/core.h>

#include <string_view>
#include <unordered_set>

#include "anneal/error.h"
#include "base/text.h"
#include "io/header.h"
#include "io/input.h"
#include "io/line_reader.h"
#include "io/record_error.h"
#include "io/sequence_reader.h"

namespace anneal::io::hts {
namespace {

class Names {
 public:
  // What is wrong with another name; empty where nothing is.
  std::string add(std::string_view name) {
    if (name.empty()) return "it has no name, by which an index could find it; give it one";
    if (seen_.emplace(name).second) return {};
    return fmt::format("the name {} occurs twice; give each sequence a name of its own", base::quote(name));
  }

 private:
  std::unordered_set<std::string> seen_;
};

class FastaLayout {
 public:
  explicit FastaLayout(const std::string& path) : lines_(open_input(path)) {}

  void check() {
    while (lines_.peek() != LineReader::end_of_input) {
      ++number_;
      if (lines_.peek() == '>') {
        check_header();
      } else {
        check_length(line_length());
      }
    }
  }

 private:
  [[noreturn]] void fail(std::string_view reason) const {
    throw Error(ErrorCode::invalid_input, fmt::format("line {} of {}: {}", number_, lines_.name(), reason));
  }

  void check_header() {
    const LineReader::Piece piece = lines_.next();
    const std::string defect = names_.add(split_header(piece.text.substr(1)).name);
    if (!defect.empty()) fail(defect);
    if (!piece.ends_line) line_length();
    first_ = last_ = 0;
    has_lines_ = false;
  }

  // Of a line that may come in pieces.
  std::size_t line_length() {
    std::size_t length = 0;
    bool is_open = true;
    while (is_open && lines_.peek() != LineReader::end_of_input) {
      const LineReader::Piece piece = lines_.next();
      length += piece.text.size();
      is_open = !piece.ends_line;
    }
    return length;
  }

  void check_length(std::size_t length) {
    constexpr std::string_view fix = "all lines of a sequence but the last have to be equally long; wrap them again";
    if (has_lines_ && length > 0 && last_ < first_) fail(fmt::format("it follows a shorter one, and {}", fix));
    if (has_lines_ && length > first_) fail(fmt::format("it is longer than the one before, and {}", fix));
    if (!has_lines_) first_ = length;
    last_ = length;
    has_lines_ = true;
  }

  LineReader lines_;
  Names names_;
  std::uint64_t number_ = 0;
  std::size_t first_ = 0, last_ = 0;  // lengths of the lines of this sequence
  bool has_lines_ = false;
};

void check_fastq(SequenceReader& reader) {
  constexpr std::size_t most_records = 1024, most_bytes = std::size_t{1} << 20;
  Names names;
  std::uint64_t number = 0;
  for (RecordBatch batch; reader.read(batch, most_records, most_bytes); batch.clear()) {
    for (const Record& record : batch.records()) {
      const std::string defect = names.add(record.name);
      if (defect.empty() && ++number > 0) continue;
      throw Error(ErrorCode::invalid_input, fmt::format("record {} of {}: {}", number + 1, reader.path(), defect));
    }
  }
}

}  // namespace

void check_layout(const std::string& path) {
  SequenceReader reader(path);
  if (reader.format() == SequenceFormat::fastq) {
    check_fastq(reader);
  } else {
    FastaLayout(path).check();
  }
}

}  // namespace anneal::io::hts

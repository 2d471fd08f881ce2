#include "io/record_parser.h"

#include <fmt/core.h>

#include "io/header.h"
#include "io/letters.h"
#include "io/record_error.h"

namespace anneal::io {

int RecordParser::find_first_byte() {
  for (const int byte : {0xef, 0xbb, 0xbf}) {
    if (lines_.peek() == byte) lines_.skip(1);
  }
  int byte = lines_.peek();
  while (byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n') {
    lines_.skip(1);
    byte = lines_.peek();
  }
  return byte;
}

bool RecordParser::parse_fasta(std::uint64_t number, RecordBuilder& builder) {
  number_ = number;
  if (!begin_record('>', builder)) return false;
  for (int byte = lines_.peek(); byte != '>' && byte != LineReader::end_of_input; byte = lines_.peek()) {
    while (!append_sequence_line(builder)) {
    }
  }
  builder.end_sequence();
  return true;
}

bool RecordParser::parse_fastq(std::uint64_t number, RecordBuilder& builder) {
  number_ = number;
  if (!begin_record('@', builder)) return false;
  parse_fastq_sequence(builder);
  skip_line();
  parse_quality(builder);
  return true;
}

bool RecordParser::begin_record(char marker, RecordBuilder& builder) {
  builder.clear();
  if (!skip_blank_lines()) return false;
  if (lines_.peek() != marker) {
    throw Error(ErrorCode::invalid_input,
                fmt::format("record {} of {} begins with {} where '{}' is expected; check the lines before it", number_,
                            lines_.name(), describe_byte(static_cast<char>(lines_.peek())), marker));
  }
  lines_.skip(1);
  parse_header(builder);
  return true;
}

// False at the end of the input.
bool RecordParser::skip_blank_lines() {
  int byte = lines_.peek();
  while (byte == '\n' || byte == '\r') {
    lines_.skip(1);
    byte = lines_.peek();
  }
  return byte != LineReader::end_of_input;
}

void RecordParser::parse_header(RecordBuilder& builder) {
  bool complete = lines_.peek() == LineReader::end_of_input;
  while (!complete) {
    const LineReader::Piece piece = lines_.next();
    builder.append_header(piece.text);
    complete = piece.ends_line || lines_.peek() == LineReader::end_of_input;
  }
  builder.end_header();
  const Header header = split_header(builder.header());
  if (is_clean(builder.header(), header)) return;
  const std::string_view name = header.name;
  if (builder.header().find('\0') != std::string_view::npos) {
    fail(name, "has a NUL byte in its header; is the file text?");
  }
  const std::size_t bad = find_bad_byte(name, is_no_control);
  fail(name, fmt::format("has {} in its name, at position {}; remove it", describe_byte(name[bad]), bad + 1));
}

// Appends a line, or the piece of one that is at hand, and returns whether the line is complete.
bool RecordParser::append_sequence_line(RecordBuilder& builder) {
  const LineReader::Piece piece = lines_.next();
  const std::size_t bad = find_bad_byte(piece.text, is_sequence_letter);
  if (bad != std::string_view::npos) {
    fail(builder.record().name,
         fmt::format("has {} at position {}; a sequence holds letters and * only, so remove gaps, digits and blanks",
                     describe_byte(piece.text[bad]), builder.unfinished_sequence_size() + bad + 1));
  }
  builder.append_sequence(piece.text);
  return piece.ends_line || lines_.peek() == LineReader::end_of_input;
}

void RecordParser::parse_fastq_sequence(RecordBuilder& builder) {
  sequence_lines_ = 0;
  for (int byte = lines_.peek(); byte != '+'; byte = lines_.peek()) {
    if (byte == LineReader::end_of_input) {
      fail(builder.record().name, "ends before its '+' line; is the file truncated?");
    }
    while (!append_sequence_line(builder)) {
    }
    ++sequence_lines_;
  }
  builder.end_sequence();
}

void RecordParser::skip_line() {
  while (!lines_.next().ends_line && lines_.peek() != LineReader::end_of_input) {
  }
}

void RecordParser::parse_quality(RecordBuilder& builder) {
  const std::size_t expected = builder.sequence_size();
  if (expected == 0) {
    // An empty quality line, or none: what follows must be the next record.
    const int byte = lines_.peek();
    if (byte == '\n' || byte == '\r' || byte == '@' || byte == LineReader::end_of_input) return;
    append_quality_line(builder);
    fail_quality_length(builder);
  }
  while (builder.quality_size() < expected && lines_.peek() != LineReader::end_of_input) {
    append_quality_line(builder);
    if (sequence_lines_ == 1) break;
  }
  if (builder.quality_size() != expected) fail_quality_length(builder);
}

void RecordParser::append_quality_line(RecordBuilder& builder) {
  bool complete = false;
  while (!complete) {
    const LineReader::Piece piece = lines_.next();
    const std::size_t bad = find_bad_byte(piece.text, is_quality_letter);
    if (bad != std::string_view::npos) {
      fail(builder.record().name,
           fmt::format("has {} at position {} of its quality; allowed are the bytes from '!' to '~'",
                       describe_byte(piece.text[bad]), builder.quality_size() + bad + 1));
    }
    builder.append_quality(piece.text);
    complete = piece.ends_line || lines_.peek() == LineReader::end_of_input;
  }
}

void RecordParser::fail(std::string_view name, const std::string& problem) const {
  throw Error(ErrorCode::invalid_input, fmt::format("{} {}", describe_record(number_, name, lines_.name()), problem));
}

void RecordParser::fail_quality_length(const RecordBuilder& builder) const {
  fail(builder.record().name, fmt::format("has {} quality values for {} letters; both must be as long",
                                          builder.quality_size(), builder.sequence_size()));
}

}  // namespace anneal::io

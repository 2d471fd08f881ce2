// Parses one record of FASTA or FASTQ.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "io/line_reader.h"
#include "io/record_builder.h"

namespace anneal::io {

class RecordParser {
 public:
  explicit RecordParser(LineReader& lines) : lines_(lines) {}

  /// The first byte of the input that is neither blank nor a byte order mark, or LineReader::end_of_input.
  int find_first_byte();

  /// Reads the next record into `builder`, which is cleared first. False at the end of the input.
  /// Throws Error(invalid_input) naming the record; `number` is its number, from 1.
  bool parse_fasta(std::uint64_t number, RecordBuilder& builder);
  bool parse_fastq(std::uint64_t number, RecordBuilder& builder);

 private:
  bool skip_blank_lines();
  bool begin_record(char marker, RecordBuilder& builder);
  void parse_header(RecordBuilder& builder);
  bool append_sequence_line(RecordBuilder& builder);
  void parse_fastq_sequence(RecordBuilder& builder);
  void skip_line();
  void parse_quality(RecordBuilder& builder);
  void append_quality_line(RecordBuilder& builder);
  [[noreturn]] void fail(std::string_view name, const std::string& problem) const;
  [[noreturn]] void fail_quality_length(const RecordBuilder& builder) const;

  LineReader& lines_;
  std::uint64_t number_ = 0;  // of the current record
  std::uint64_t sequence_lines_ = 0;
};

}  // namespace anneal::io

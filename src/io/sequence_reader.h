// Reads FASTA and FASTQ in bounded batches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "anneal/io/sequences.h"
#include "io/byte_source.h"
#include "io/line_reader.h"
#include "io/record_batch.h"
#include "io/record_builder.h"
#include "io/record_parser.h"

namespace anneal::io {

class SequenceReader {
 public:
  /// Opens a file, or standard input for "-", compressed or not, and tells the format by the first byte that is not
  /// blank. Throws Error(io) where it cannot be read, Error(invalid_input) where it is neither FASTA nor FASTQ.
  /// `threads`, 1 or more, decompress BGZF.
  explicit SequenceReader(const std::string& path, int threads = 1);
  explicit SequenceReader(std::unique_ptr<ByteSource> source, std::size_t block_size = LineReader::default_block);

  SequenceReader(const SequenceReader&) = delete;
  SequenceReader& operator=(const SequenceReader&) = delete;

  /// Appends at most `max_records` records of at most `max_bytes` together, as RecordBatch::bytes() counts; a longer
  /// record comes alone. False at the end of the input.
  /// Throws Error(invalid_input) naming the record and position that are wrong.
  bool read(RecordBatch& batch, std::size_t max_records, std::size_t max_bytes);

  std::uint64_t records_read() const { return records_read_; }
  std::uint64_t bytes_taken() const { return lines_.bytes_taken(); }  ///< of the file, as ByteSource counts
  const std::string& path() const { return lines_.name(); }           ///< as messages print it, quotes included
  SequenceFormat format() const { return format_; }

 private:
  bool append_next(RecordBatch& batch, std::size_t room);
  std::size_t parse_ordinary(Record& record) const;
  bool parse_next();

  LineReader lines_;
  RecordParser parser_;
  RecordBuilder next_;
  bool has_next_ = false;  // next_ holds a record that did not fit into the last batch
  SequenceFormat format_ = SequenceFormat::empty;
  std::uint64_t records_read_ = 0;
};

}  // namespace anneal::io

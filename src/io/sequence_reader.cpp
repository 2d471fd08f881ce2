#include "io/sequence_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "anneal/error.h"
#include "io/database_format.h"
#include "io/input.h"
#include "io/quick_parser.h"
#include "io/record_error.h"

namespace anneal::io {
namespace {

SequenceFormat format_of(int first_byte, const std::string& name) {
  switch (first_byte) {
    case LineReader::end_of_input:
      return SequenceFormat::empty;
    case '>':
      return SequenceFormat::fasta;
    case '@':
      return SequenceFormat::fastq;
    default:
      throw Error(ErrorCode::invalid_input,
                  fmt::format("{} is neither FASTA nor FASTQ: it begins with {}, where '>' or '@' is expected", name,
                              describe_byte(static_cast<char>(first_byte))));
  }
}

}  // namespace

SequenceReader::SequenceReader(const std::string& path, int threads) : SequenceReader(open_input(path, threads)) {}

SequenceReader::SequenceReader(std::unique_ptr<ByteSource> source, std::size_t block_size)
    : lines_(std::move(source), block_size), parser_(lines_) {
  const int first_byte = parser_.find_first_byte();
  if (lines_.buffered().starts_with(index_magic)) {
    throw Error(ErrorCode::invalid_input,
                fmt::format("{} was made by 'anneal index': only the DB of a search can be that, as an uncompressed "
                            "file and no pipe; give FASTA or FASTQ",
                            lines_.name()));
  }
  format_ = format_of(first_byte, lines_.name());
}

bool SequenceReader::read(RecordBatch& batch, std::size_t max_records, std::size_t max_bytes) {
  constexpr std::size_t any_size = std::numeric_limits<std::size_t>::max();
  const std::size_t bytes_before = batch.bytes();
  const std::uint64_t first = records_read_;
  while (records_read_ - first < max_records) {
    const std::size_t taken = batch.bytes() - bytes_before;
    const std::size_t room = records_read_ == first ? any_size : max_bytes - std::min(max_bytes, taken);
    if (!append_next(batch, room)) break;
    ++records_read_;
  }
  return records_read_ > first;
}

// False at the end of the input, and where the next record needs more than `room` bytes.
bool SequenceReader::append_next(RecordBatch& batch, std::size_t room) {
  const auto fits = [room](const Record& record) { return bytes_of(record) + RecordBatch::bytes_per_record <= room; };
  Record record;
  if (const std::size_t size = has_next_ ? 0 : parse_ordinary(record)) {
    if (!fits(record)) return false;
    batch.append(record, lines_.buffered().substr(0, size));
    lines_.skip(size);
    return true;
  }
  has_next_ = has_next_ || parse_next();
  if (!has_next_ || !fits(next_.record())) return false;
  batch.append(next_);
  has_next_ = false;
  return true;
}

std::size_t SequenceReader::parse_ordinary(Record& record) const {
  switch (format_) {
    case SequenceFormat::fasta:
      return parse_ordinary_fasta(lines_.buffered(), record);
    case SequenceFormat::fastq:
      return parse_ordinary_fastq(lines_.buffered(), record);
    case SequenceFormat::empty:
      break;
  }
  return 0;
}

bool SequenceReader::parse_next() {
  switch (format_) {
    case SequenceFormat::fasta:
      return parser_.parse_fasta(records_read_ + 1, next_);
    case SequenceFormat::fastq:
      return parser_.parse_fastq(records_read_ + 1, next_);
    case SequenceFormat::empty:
      break;
  }
  return false;
}

}  // namespace anneal::io

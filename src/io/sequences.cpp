#include "anneal/io/sequences.h"

#include <fmt/core.h>

#include <limits>
#include <utility>

#include "anneal/error.h"
#include "io/byte_sink.h"
#include "io/mate_reader.h"
#include "io/record_batch.h"
#include "io/record_text.h"
#include "io/sequence_reader.h"

namespace anneal::io {
namespace {

constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
constexpr std::size_t bytes_ahead = std::size_t{256} << 10;

std::unique_ptr<SequenceReader> open_reader(const std::string& path, const SequenceFileOptions& options) {
  return std::make_unique<SequenceReader>(path, options.threads.count());
}

SequenceWriterOptions checked(const SequenceWriterOptions& options) {
  if (options.format == SequenceFormat::empty) {
    throw Error(ErrorCode::invalid_argument, "format is empty; it must be fasta or fastq");
  }
  if (options.compression_level != default_level && (options.compression_level < 1 || options.compression_level > 9)) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("compression_level is {}; it must be in 1..9, or -1", options.compression_level));
  }
  return options;
}

}  // namespace

SequenceBatch::SequenceBatch() : batch_(std::make_unique<RecordBatch>()) {}
SequenceBatch::~SequenceBatch() = default;
SequenceBatch::SequenceBatch(SequenceBatch&&) noexcept = default;
SequenceBatch& SequenceBatch::operator=(SequenceBatch&&) noexcept = default;

std::span<const SequenceRecord> SequenceBatch::records() const { return batch_->records(); }

struct SequenceFile::State {
  std::unique_ptr<SequenceReader> reader;
  RecordBatch ahead = {};
  std::size_t next = 0;  // of those, which read() returns

  std::size_t left() const { return ahead.size() - next; }
};

SequenceFile::SequenceFile(const std::string& path, const SequenceFileOptions& options)
    : state_(new State{open_reader(path, options)}) {}
SequenceFile::~SequenceFile() = default;
SequenceFile::SequenceFile(SequenceFile&&) noexcept = default;
SequenceFile& SequenceFile::operator=(SequenceFile&&) noexcept = default;

bool SequenceFile::read(SequenceRecord& record) {
  if (state_->left() == 0) {
    state_->ahead.clear();
    state_->next = 0;
    if (!state_->reader->read(state_->ahead, any_number, bytes_ahead)) return false;
  }
  record = state_->ahead[state_->next++];
  return true;
}

bool SequenceFile::read(SequenceBatch& batch, std::size_t max_records, std::size_t max_bytes) {
  RecordBatch& records = *batch.batch_;
  records.clear();
  if (state_->left() == 0) return state_->reader->read(records, max_records, max_bytes);
  while (state_->left() > 0 && records.size() < max_records) records.append(state_->ahead[state_->next++]);
  return !records.empty();
}

SequenceFormat SequenceFile::format() const { return state_->reader->format(); }
std::uint64_t SequenceFile::records_read() const { return state_->reader->records_read() - state_->left(); }
const std::string& SequenceFile::name() const { return state_->reader->path(); }

struct PairedSequences::State {
  MateReader reader;
  MateBatch ahead = {};
  std::size_t next = 0;
};

PairedSequences::PairedSequences(const std::string& first_path, const std::string& second_path,
                                 const SequenceFileOptions& options)
    : state_(new State{MateReader(open_reader(first_path, options), open_reader(second_path, options))}) {}
PairedSequences::PairedSequences(const std::string& path, const SequenceFileOptions& options)
    : state_(new State{MateReader(open_reader(path, options))}) {}
PairedSequences::~PairedSequences() = default;
PairedSequences::PairedSequences(PairedSequences&&) noexcept = default;
PairedSequences& PairedSequences::operator=(PairedSequences&&) noexcept = default;

bool PairedSequences::read(SequencePair& pair) {
  if (state_->next == state_->ahead.size()) {
    state_->next = 0;
    if (!state_->reader.read(state_->ahead, any_number, bytes_ahead)) return false;
  }
  pair = {state_->ahead.first[state_->next], state_->ahead.second[state_->next]};
  ++state_->next;
  return true;
}

SequenceFormat PairedSequences::format() const { return state_->reader.format(); }
std::uint64_t PairedSequences::pairs_read() const {
  return state_->reader.pairs_read() - (state_->ahead.size() - state_->next);
}

struct SequenceWriter::State {
  SequenceWriterOptions options;
  std::unique_ptr<ByteSink> sink;
  std::string text = {};
};

SequenceWriter::SequenceWriter(const std::string& path, const SequenceWriterOptions& options)
    : state_(new State{checked(options), open_sink(path, options.threads.count(), options.compression_level)}) {}
SequenceWriter::~SequenceWriter() = default;
SequenceWriter::SequenceWriter(SequenceWriter&&) noexcept = default;
SequenceWriter& SequenceWriter::operator=(SequenceWriter&&) noexcept = default;

void SequenceWriter::write(const SequenceRecord& record) {
  const bool is_fastq = state_->options.format == SequenceFormat::fastq;
  if (is_fastq && record.quality.size() != record.sequence.size()) {
    throw Error(ErrorCode::invalid_argument,
                fmt::format("record '{}' has {} quality values for {} letters; FASTQ needs one for each", record.name,
                            record.quality.size(), record.sequence.size()));
  }
  state_->text.clear();
  if (is_fastq) {
    append_fastq(state_->text, record);
  } else {
    append_fasta(state_->text, record, state_->options.line_width);
  }
  state_->sink->write(state_->text);
}

void SequenceWriter::commit() { state_->sink->commit(); }

}  // namespace anneal::io

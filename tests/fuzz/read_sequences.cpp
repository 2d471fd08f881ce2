#include "fuzz/read_sequences.h"

#include <cstdlib>
#include <memory>
#include <string>

#include "anneal/error.h"
#include "io/letters.h"
#include "io/memory_source.h"

namespace anneal::fuzz {
namespace {

// The first byte of the input chooses how finely it is cut.
constexpr std::size_t block_sizes = 61;

void require(bool promise) {
  if (!promise) std::abort();
}

void check(const io::Record& record, io::SequenceFormat format) {
  require(io::find_bad_byte(record.sequence, io::is_sequence_letter) == std::string_view::npos);
  require(io::find_bad_byte(record.quality, io::is_quality_letter) == std::string_view::npos);
  require(record.quality.size() == (format == io::SequenceFormat::fastq ? record.sequence.size() : 0));
  require(record.name.find_first_of(std::string_view(" \t\r\n\0", 5)) == std::string_view::npos);
}

void take_records(io::RecordBatch& batch, io::SequenceFormat format, std::string& outcome) {
  for (const io::Record& record : batch.records()) {
    check(record, format);
    for (const std::string_view part : {record.name, record.comment, record.sequence, record.quality}) {
      outcome.append(part).append("\n");
    }
  }
  batch.clear();
}

// The records, as text to compare, and the error that ended them.
std::string read_in_blocks(std::string_view text, std::size_t block_size, std::size_t batch_bytes) {
  constexpr std::size_t batch_records = 3;
  std::string outcome;
  static io::RecordBatch batch;  // its memory is kept, which makes executions several times as fast
  batch.clear();
  io::SequenceFormat format = io::SequenceFormat::empty;
  try {
    io::SequenceReader reader(std::make_unique<io::MemorySource>("input", text), block_size);
    format = reader.format();
    while (reader.read(batch, batch_records, batch_bytes)) {
      require(batch.size() <= batch_records && (batch.size() == 1 || batch.bytes() <= batch_bytes));
      take_records(batch, format, outcome);
    }
  } catch (const Error& error) {
    require(error.code() == ErrorCode::invalid_input);
    require(std::string_view(error.what()).find('\n') == std::string_view::npos);
    take_records(batch, format, outcome);  // what came before the error
    outcome.append(error.what());
  }
  return outcome;
}

std::string_view marker_of(io::SequenceFormat format) { return format == io::SequenceFormat::fasta ? ">" : "@"; }

}  // namespace

void read_sequences(std::string_view input, io::SequenceFormat format) {
  if (input.empty()) return;
  const std::size_t block_size = 1 + static_cast<unsigned char>(input[0]) % block_sizes;
  input.remove_prefix(1);
  std::string text(input);
  if (!input.starts_with(marker_of(format))) text.insert(0, marker_of(format));
  constexpr std::size_t ample = 1 << 12;            // more costs page faults, and so executions
  const std::size_t few_records = 10 * block_size;  // with what RecordBatch counts for each
  require(read_in_blocks(text, block_size, few_records) == read_in_blocks(text, ample, ample));
}

}  // namespace anneal::fuzz

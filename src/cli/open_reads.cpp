#include "cli/open_reads.h"

#include <fmt/format.h>

#include <utility>

#include "anneal/error.h"
#include "io/input.h"

namespace anneal::cli {

std::unique_ptr<io::ByteSource> open_path(const std::string& path, int threads) {
  try {
    return io::open_input(path, threads);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::io) throw;
    throw Error(ErrorCode::invalid_input, error.what());
  }
}

std::unique_ptr<io::SequenceReader> open_reads(const std::string& path, int threads) {
  return read_sequences(open_path(path, threads));
}

std::unique_ptr<io::SequenceReader> read_sequences(std::unique_ptr<io::ByteSource> source) {
  auto reader = std::make_unique<io::SequenceReader>(std::move(source));
  if (reader->format() == io::SequenceFormat::empty) {
    throw Error(ErrorCode::invalid_input, fmt::format("{} holds no sequences; give FASTA or FASTQ", reader->path()));
  }
  return reader;
}

}  // namespace anneal::cli

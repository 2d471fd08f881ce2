#include "cli/open_reads.h"

#include <fmt/format.h>

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
  auto reader = std::make_unique<io::SequenceReader>(open_path(path, threads));
  if (reader->format() == io::SequenceFormat::empty) {
    throw Error(ErrorCode::invalid_input, fmt::format("{} holds no sequences; give FASTA or FASTQ", reader->path()));
  }
  return reader;
}

}  // namespace anneal::cli

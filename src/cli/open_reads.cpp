#include "cli/open_reads.h"

#include <fmt/core.h>

#include <utility>

#include "anneal/error.h"
#include "cli/given_input.h"
#include "io/input.h"

namespace anneal::cli {

std::unique_ptr<io::ByteSource> open_path(const std::string& path, int threads) {
  return open_given([&] { return io::open_input(path, threads); });
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

ReadInputs ReadInputs::open(std::unique_ptr<io::SequenceReader> first, const std::string& mates_path,
                            bool are_interleaved, int threads) {
  if (are_interleaved) return {.reads = nullptr, .mates = std::make_unique<io::MateReader>(std::move(first))};
  if (mates_path.empty()) return {.reads = std::move(first), .mates = nullptr};
  return {.reads = nullptr,
          .mates = std::make_unique<io::MateReader>(std::move(first), open_reads(mates_path, threads))};
}

}  // namespace anneal::cli

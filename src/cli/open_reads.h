// Inputs of commands that read sequences once.
#pragma once

#include <memory>
#include <string>

#include "io/byte_source.h"
#include "io/mate_reader.h"
#include "io/sequence_reader.h"

namespace anneal::cli {

/// Throws Error(invalid_input) for an input that is not there, too: that is the user's slip, unlike a disk that fails
/// later on.
std::unique_ptr<io::ByteSource> open_path(const std::string& path, int threads = 1);

/// The same of FASTA or FASTQ, and for an input that holds no record.
std::unique_ptr<io::SequenceReader> open_reads(const std::string& path, int threads);
std::unique_ptr<io::SequenceReader> read_sequences(std::unique_ptr<io::ByteSource> source);

/// Single reads or pairs, of which the other is null.
struct ReadInputs {
  std::unique_ptr<io::SequenceReader> reads;
  std::unique_ptr<io::MateReader> mates;

  /// Takes the reads that are `first`, and where `mates_path` is not empty their mates. Throws as open_reads().
  static ReadInputs open(std::unique_ptr<io::SequenceReader> first, const std::string& mates_path, bool are_interleaved,
                         int threads);
};

}  // namespace anneal::cli

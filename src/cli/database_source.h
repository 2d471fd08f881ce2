// Where the sequences of a database come from: FASTA or FASTQ, or what `anneal index` has made of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "anneal/scoring.h"
#include "io/record_batch.h"

namespace anneal::cli {

class DatabaseSource {
 public:
  virtual ~DatabaseSource() = default;

  /// Of the first sequences; nothing where these have no letters. Call it before read().
  virtual std::optional<Alphabet> alphabet() = 0;

  /// Appends the next sequences to the batch, of at most `max_bytes` together, as RecordBatch::bytes() counts; a longer
  /// one comes alone, and what was looked at before comes whole. They live as long as the batch and the source. False
  /// at the end. Throws Error(invalid_input) for what is damaged or no sequence, and Error(cancelled) when stopped.
  virtual bool read(io::RecordBatch& batch, std::size_t max_bytes) = 0;

  /// Starts again from the first sequence. Throws Error(invalid_input) for a pipe.
  virtual void rewind() = 0;

  virtual std::uint64_t bytes_taken() const = 0;  ///< of the file, so far
  virtual const std::string& name() const = 0;    ///< as messages print it, quotes included
};

/// Which of them it is, the file's content tells. Throws Error(invalid_input) where the file cannot be opened, holds no
/// sequence, or is damaged, and what DatabaseReader's constructor throws.
std::unique_ptr<DatabaseSource> open_database(const std::string& path, std::stop_token stop);

}  // namespace anneal::cli

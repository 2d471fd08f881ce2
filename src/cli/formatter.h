// Aligned chunks as text.
#pragma once

#include <memory>
#include <string>

#include "cli/align_arguments.h"
#include "cli/aligned_chunk.h"
#include "cli/record_stream.h"
#include "io/record_writer.h"

namespace anneal::cli {

/// append() may be called from several threads at once.
class Formatter {
 public:
  /// `options` are borrowed.
  Formatter(const AlignArguments& arguments, const AlignOptions& options, bool color);

  /// What comes before the first record. A format that lists the targets makes it read them all; they start again
  /// from the first one afterwards.
  std::string header(RecordStream& targets, std::size_t batch_bytes) const;
  void append(std::string& text, const AlignedChunk& chunk) const;

 private:
  const AlignOptions& options_;
  const io::RecordFormat& format_;
  std::unique_ptr<io::RecordWriter> writer_;
};

}  // namespace anneal::cli

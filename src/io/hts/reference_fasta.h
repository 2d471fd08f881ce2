// A FASTA file with its index, the reference of a CRAM.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "io/hts/sequence_index.h"
#include "io/hts/temporary_index.h"

namespace anneal::io::hts {

class ReferenceFasta {
 public:
  /// Makes the index (.fai, and .gzi for BGZF) where it is missing: beside the file, or, where that is not allowed, a
  /// temporary one. Throws what build_sequence_index() and
  /// SequenceIndex do, and Error(invalid_input) for FASTQ.
  explicit ReferenceFasta(const std::string& path);

  const std::string& path() const { return path_; }
  /// Beside which the index is.
  std::string indexed_path() const { return temporary_ ? temporary_->path() : path_; }
  /// Of a sequence, or nothing where it is not there.
  std::optional<std::int64_t> length(std::string_view name) const;
  /// As in SAM's M5: of the letters in upper case. Empty where they cannot be read.
  std::string md5(std::string_view name) const;

 private:
  std::string path_;
  std::unique_ptr<TemporaryIndex> temporary_;
  SequenceIndex index_;
  std::unordered_map<std::string_view, const FaiEntry*> entries_;
};

}  // namespace anneal::io::hts

// A FASTA file with its index, the reference of a CRAM.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "io/hts/sequence_index.h"

namespace anneal::io::hts {

class ReferenceFasta {
 public:
  /// Makes the index (.fai, and .gzi for BGZF) where it is missing. Throws what build_sequence_index() and
  /// SequenceIndex do, and Error(invalid_input) for FASTQ.
  explicit ReferenceFasta(const std::string& path);

  const std::string& path() const { return path_; }
  /// Of a sequence, or nothing where it is not there.
  std::optional<std::int64_t> length(std::string_view name) const;
  /// As in SAM's M5: of the letters in upper case. Empty where they cannot be read.
  std::string md5(std::string_view name) const;

 private:
  std::string path_;
  SequenceIndex index_;
  std::unordered_map<std::string_view, const FaiEntry*> entries_;
};

}  // namespace anneal::io::hts

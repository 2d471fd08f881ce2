// Parts of sequences of an indexed FASTA or FASTQ file, without reading the rest.
//
//   anneal::io::ReferenceReader reference("genome.fa");
//   const std::string exon = reference.fetch("chr2:25,160,915-25,161,200");
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/io/region.h"

namespace anneal::io {

/// Fetches parts of sequences in any order, in memory that grows with the part alone. One thread at a time, fetching
/// too.
class ReferenceReader {
 public:
  /// FASTA or FASTQ, plain or compressed by BGZF, with the index that `anneal index` or `samtools faidx` makes beside
  /// it: `.fai`, and `.gzi` where it is compressed. Throws Error(invalid_argument) for another compression, Error(io)
  /// where the file cannot be read, and Error(invalid_input) where its index is missing, older than the file, damaged,
  /// or of another file, or where BGZF lacks its end marker.
  explicit ReferenceReader(const std::string& path);
  ~ReferenceReader();
  ReferenceReader(ReferenceReader&&) noexcept;
  ReferenceReader& operator=(ReferenceReader&&) noexcept;

  const std::vector<std::string>& names() const;  ///< in the file's order, but for empty sequences, which have no index
  bool contains(std::string_view name) const;
  /// In letters. Throws Error(invalid_argument) for a name that is not there.
  std::int64_t length(std::string_view name) const;
  /// The same region with its end where it has Region::to_end, for reading a long one in parts. Throws
  /// Error(invalid_argument) for a name that is not there and for positions outside the sequence.
  Region resolve(const Region& region) const;

  /// As in the file, case included. Throws what resolve() does, and Error(invalid_input) where the file ends earlier
  /// than its index says.
  std::string fetch(const Region& region) const;
  std::string fetch(std::string_view region) const;  ///< as parse_region() reads it
  /// FASTQ's qualities, Phred + 33, one per letter. Throws as fetch() does, and Error(invalid_argument) for
  /// FASTA.
  std::string fetch_quality(const Region& region) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace anneal::io

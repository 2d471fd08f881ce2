// FAI and GZI: making them, and fetching parts of sequences by them.
#pragma once

#include <htslib/faidx.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "io/hts/fai.h"
#include "io/hts/gzi.h"

namespace anneal::io::hts {

/// Indexes FASTA or FASTQ, plain or compressed by BGZF: `.fai` beside the file, and `.gzi` where it is compressed.
/// Returns their paths. Throws Error(invalid_argument) for another compression; Error(invalid_input) naming the line or
/// record where names occur twice, or lines within a sequence differ in length, so that places cannot be computed;
/// Error(io).
std::vector<std::string> build_sequence_index(const std::string& path);
/// The same, beside another path.
std::vector<std::string> build_sequence_index(const std::string& path, const std::string& beside);

/// The index of a file, loaded.
class SequenceIndex {
 public:
  /// Throws what ReferenceReader's constructor throws.
  explicit SequenceIndex(const std::string& path);

  const Fai& fai() const { return fai_; }
  /// Letters, or qualities, of an entry, which has to have them.
  std::string fetch(const FaiEntry& entry, std::int64_t begin, std::int64_t end, bool qualities) const;

 private:
  struct Destroy {
    void operator()(faidx_t* index) const { fai_destroy(index); }
  };
  std::string path_;
  Fai fai_;
  std::optional<Gzi> gzi_;  // of a compressed file
  std::unique_ptr<faidx_t, Destroy> index_;
};

}  // namespace anneal::io::hts

// A FASTA file with its index, the reference of a CRAM.
#pragma once

#include <htslib/faidx.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace anneal::io::hts {

class ReferenceFasta {
 public:
  /// Makes the index (.fai, and .gzi for BGZF) where it is missing. Throws Error(io) where that or reading fails, and
  /// Error(invalid_input) where it is no FASTA or where the index is older.
  explicit ReferenceFasta(const std::string& path);

  const std::string& path() const { return path_; }
  /// Of a sequence, or nothing where it is not there.
  std::optional<std::int64_t> length(std::string_view name) const;
  /// As in SAM's M5: of the letters in upper case. Empty where they cannot be read.
  std::string md5(std::string_view name) const;

 private:
  struct Destroy {
    void operator()(faidx_t* index) const { fai_destroy(index); }
  };

  std::string path_;
  std::unique_ptr<faidx_t, Destroy> index_;
};

}  // namespace anneal::io::hts

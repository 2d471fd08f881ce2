// Records that regions of an indexed file of sequences make.
#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <vector>

#include "anneal/io/reference.h"
#include "anneal/io/sequences.h"
#include "io/byte_sink.h"

namespace anneal::cli {

class SequenceRegions {
 public:
  /// The regions of a BED file, if there is one, and then those that texts say. Throws what ReferenceReader does, and
  /// Error(invalid_input) for a BED file that is wrong.
  SequenceRegions(const std::string& path, const std::string& bed, const std::vector<std::string>& texts);

  std::size_t size() const { return regions_.size(); }
  /// Each as a record named as samtools faidx does: by its text. FASTQ only where the file is that. A sequence is read
  /// and written in parts. Throws also Error(cancelled).
  void write(io::ByteSink& sink, io::SequenceFormat format, const std::stop_token& stop) const;

 private:
  struct Named {
    std::string name;
    io::Region region;
  };

  void add(std::string name, const io::Region& region);
  template <typename Fetch>
  static void write_line(io::ByteSink& sink, const io::Region& region, const std::stop_token& stop, Fetch fetch);

  io::ReferenceReader reader_;
  std::vector<Named> regions_;
};

}  // namespace anneal::cli

// One FASTA or FASTQ record.
#pragma once

#include <cstddef>
#include <string_view>

namespace anneal::io {

struct Record {
  std::string_view name;      ///< the header's first word; may be empty
  std::string_view comment;   ///< the rest of the header
  std::string_view sequence;  ///< as in the file, case included
  std::string_view quality;   ///< Phred + 33, as long as the sequence; empty in FASTA
};

/// Of its text.
inline std::size_t bytes_of(const Record& record) {
  return record.name.size() + record.comment.size() + record.sequence.size() + record.quality.size();
}

}  // namespace anneal::io

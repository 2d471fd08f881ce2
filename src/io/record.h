// One FASTA or FASTQ record.
#pragma once

#include <cstddef>

#include "anneal/io/sequences.h"

namespace anneal::io {

using Record = SequenceRecord;

/// Of its text.
inline std::size_t bytes_of(const Record& record) {
  return record.name.size() + record.comment.size() + record.sequence.size() + record.quality.size();
}

}  // namespace anneal::io

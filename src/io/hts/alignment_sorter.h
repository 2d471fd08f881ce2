// Sorts records of SAM, BAM and CRAM by coordinate, any number of them in bounded memory.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "anneal/io/alignment_record.h"

namespace anneal::io {

struct AlignmentSorterOptions {
  /// Bytes of records in memory, at least one. More go to a temporary file, sorted and compressed, for which a few MiB
  /// come on top.
  std::size_t memory = std::size_t{1} << 30;
  std::string folder = {};  ///< for that file, which has no name there; empty: TMPDIR
};

/// The order is that of samtools sort: by sequence, in the order of the header, by position, and forward strand before
/// reverse. Records that are equal in these keep their order, and those without a sequence come last. It does not
/// depend on the memory or on threads, of which those that TBB has here are used.
class AlignmentSorter {
 public:
  explicit AlignmentSorter(const AlignmentSorterOptions& options = {});
  AlignmentSorter(AlignmentSorter&&) noexcept;
  AlignmentSorter& operator=(AlignmentSorter&&) noexcept;
  ~AlignmentSorter();

  /// Throws Error(io) where the temporary file cannot be written.
  void add(const AlignmentRecord& record);
  /// The next record, in order; false at the end. To be called after the last add(). Throws Error(io).
  bool next(AlignmentRecord& record);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anneal::io

// The index of a BAM or CRAM file.
#pragma once

#include <htslib/hts.h>

#include <memory>
#include <string>

#include "anneal/io/alignment_header.h"
#include "io/hts/file.h"

namespace anneal::io::hts {

class AlignmentIndex {
 public:
  /// Loads the one that lies beside the file, as 'x.bam.csi', 'x.bam.bai' or 'x.bai'. Throws Error(invalid_input) where
  /// there is none, where it is older than the file, and where it is that of another file.
  AlignmentIndex(const InputFile& file, const AlignmentHeader& header);

  const hts_idx_t* get() const { return index_.get(); }

 private:
  struct Destroy {
    void operator()(hts_idx_t* index) const { hts_idx_destroy(index); }
  };
  std::unique_ptr<hts_idx_t, Destroy> index_;
};

}  // namespace anneal::io::hts

// The index of a BAM or CRAM file, or of SAM that is compressed by BGZF.
#pragma once

#include <htslib/hts.h>

#include <memory>
#include <span>
#include <string>

#include "anneal/io/alignment_header.h"
#include "io/hts/crai.h"
#include "io/hts/file.h"
#include "io/hts/region_cursor.h"
#include "io/hts/sam_regions.h"

namespace anneal::io::hts {

class AlignmentIndex {
 public:
  /// Loads the newest that lies beside the file, as 'x.bam.csi', 'x.bam.bai' or 'x.bai'. Throws what index_path() does,
  /// and Error(invalid_input) for text that is not compressed by BGZF, for an index that is damaged, and for one that
  /// is that of another file.
  AlignmentIndex(const InputFile& file, const AlignmentHeader& header);

  /// The cursor reads into a bam1_t, and borrows the index and the file. Throws Error(invalid_argument) for a contig
  /// that the header lacks.
  RegionCursor find(const InputFile& file, const AlignmentHeader& header, std::span<const Region> regions) const;

 private:
  struct Destroy {
    void operator()(hts_idx_t* index) const { hts_idx_destroy(index); }
  };
  std::unique_ptr<hts_idx_t, Destroy> index_;
  std::unique_ptr<CramContainers> containers_;  // of a CRAM
  std::unique_ptr<SamRegions> lines_;           // of SAM
};

}  // namespace anneal::io::hts

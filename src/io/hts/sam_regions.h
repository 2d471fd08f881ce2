// Goes through what of a SAM file that is compressed by BGZF overlaps an interval.
#pragma once

#include <htslib/sam.h>

#include <string>

#include "io/hts/file.h"
#include "io/hts/region_cursor.h"
#include "io/hts/text.h"

namespace anneal::io::hts {

class SamRegions {
 public:
  /// Borrows both, and must stay where it is.
  SamRegions(const InputFile& file, sam_hdr_t* header) : file_(file), header_(header) {}
  SamRegions(const SamRegions&) = delete;
  SamRegions& operator=(const SamRegions&) = delete;

  static hts_itr_t* open(const hts_idx_t* index, const IndexedInterval& interval);
  /// What hts_itr_next() returns. Throws Error(invalid_input) for a line that is not what SAM allows.
  int next(hts_itr_t* iterator, bam1_t* record);

 private:
  static int read(BGZF* blocks, void* self, void* record, int* contig, hts_pos_t* begin, hts_pos_t* end);

  const InputFile& file_;
  sam_hdr_t* header_;
  Text line_;
  std::string defect_;
};

}  // namespace anneal::io::hts

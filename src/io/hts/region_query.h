// The records of some regions of an indexed file.
#pragma once

#include <htslib/sam.h>

#include <memory>
#include <span>
#include <vector>

#include "io/hts/alignment_index.h"

namespace anneal::io::hts {

class RegionQuery {
 public:
  /// Throws what AlignmentIndex does.
  RegionQuery(const InputFile& file, const AlignmentHeader& header, std::span<const Region> regions);

  /// What sam_itr_next() returns: 0 or more, -1 at the end, less for damage.
  int next(bam1_t* bam);
  /// The sequence that is being read; -1 at the end and for records without a position.
  int reference() const;

 private:
  bool open_next();
  bool was_given_before(const bam1_t* bam) const;

  const InputFile& file_;
  AlignmentIndex index_;
  std::vector<Region> regions_;  // ascending, apart from each other, those without a position last
  std::size_t opened_ = 0;       // how many of them have been
  struct Destroy {
    void operator()(hts_itr_t* iterator) const { hts_itr_destroy(iterator); }
  };
  std::unique_ptr<hts_itr_t, Destroy> iterator_;
};

}  // namespace anneal::io::hts

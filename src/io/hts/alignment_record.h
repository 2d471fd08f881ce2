// What an AlignmentRecord holds.
#pragma once

#include <htslib/sam.h>

#include "anneal/io/alignment_record.h"

namespace anneal::io {

struct AlignmentRecord::Impl {
  Impl();
  ~Impl() { bam_destroy1(bam); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  bam1_t* bam;
};

}  // namespace anneal::io

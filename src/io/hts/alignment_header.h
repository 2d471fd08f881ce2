// What an AlignmentHeader holds.
#pragma once

#include <htslib/sam.h>

#include <memory>

#include "anneal/io/alignment_header.h"
#include "io/hts/file.h"

namespace anneal::io {

struct AlignmentHeader::Impl {
  struct Destroy {
    void operator()(sam_hdr_t* taken) const { sam_hdr_destroy(taken); }
  };
  using Pointer = std::unique_ptr<sam_hdr_t, Destroy>;

  /// Takes over what htslib has read. Null: out of memory.
  explicit Impl(sam_hdr_t* taken);

  sam_hdr_t* get() const { return header.get(); }

  Pointer header;
};

namespace hts {

/// Of a BAM or CRAM file that was just opened. Throws Error(invalid_input) where it is damaged.
AlignmentHeader read_header(const InputFile& file);

}  // namespace hts
}  // namespace anneal::io

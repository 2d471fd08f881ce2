// What an AlignmentHeader holds.
#pragma once

#include <htslib/sam.h>

#include <memory>

#include "anneal/io/alignment_header.h"

namespace anneal::io {

struct AlignmentHeader::Impl {
  struct Destroy {
    void operator()(sam_hdr_t* header) const { sam_hdr_destroy(header); }
  };
  using Pointer = std::unique_ptr<sam_hdr_t, Destroy>;

  /// Takes over what htslib has read. Null: out of memory.
  explicit Impl(sam_hdr_t* taken);

  sam_hdr_t* get() const { return header.get(); }

  Pointer header;
};

namespace hts {

/// As an AlignmentHeader, which takes it over.
inline AlignmentHeader own_header(sam_hdr_t* header) {
  return AlignmentHeader(std::make_unique<AlignmentHeader::Impl>(header));
}

}  // namespace hts
}  // namespace anneal::io

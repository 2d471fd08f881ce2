// Whether records come by coordinate.
#pragma once

#include <htslib/sam.h>

#include <cstdint>
#include <string>

#include "anneal/io/alignment_header.h"

namespace anneal::io::hts {

class CoordinateOrder {
 public:
  /// `file` as messages print it. Both must stay where they are.
  CoordinateOrder(const AlignmentHeader& header, const std::string& file) : header_(header), file_(file) {}

  /// The next record. Throws Error(invalid_input) that names it where it should have come before the last one.
  void add(const bam1_t* bam);
  std::uint64_t records() const { return records_; }

 private:
  std::string describe(int reference, std::int64_t position) const;

  const AlignmentHeader& header_;
  const std::string& file_;
  std::uint64_t records_ = 0;
  int reference_ = 0;
  std::int64_t position_ = -1;
};

}  // namespace anneal::io::hts

// Random records of SAM, BAM and CRAM.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "anneal/io/alignments.h"

namespace anneal::test {

/// Three sequences, two read groups.
io::AlignmentHeader sample_header();

class RandomAlignments {
 public:
  explicit RandomAlignments(unsigned seed) : generator_(seed) {}

  /// Of any shape that SAM allows: mapped or not, with letters or without, with tags of every type.
  io::AlignmentRecord next();
  std::vector<io::AlignmentRecord> next(int count);

 private:
  std::int64_t number(std::int64_t least, std::int64_t largest);
  bool maybe(int one_in) { return number(1, one_in) == 1; }
  std::vector<CigarOp> cigar();
  std::string letters(std::size_t count);
  io::TagValue tag_value();
  template <typename Element>
  std::vector<Element> elements();

  std::mt19937_64 generator_;
};

/// All that a reader still has.
std::vector<io::AlignmentRecord> read_records(io::AlignmentReader& reader);

}  // namespace anneal::test

// The index of a CRAM file: whether it can be that of the file, and which containers a region needs.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "anneal/io/alignment_header.h"
#include "io/hts/cram_checksums.h"
#include "io/hts/file.h"
#include "io/hts/region_cursor.h"

namespace anneal::io::hts {

class CramContainers {
 public:
  /// Borrows the file. Throws Error(invalid_input) where the index is no CRAI, names sequences that the header lacks,
  /// or has containers at places where the file has none.
  CramContainers(const std::string& index, const InputFile& file, const AlignmentHeader& header);

  /// At how many places the file was found to have a container; 0 where containers follow that the index lacks.
  std::size_t fitting_places() const { return fitting_places_; }

  /// Whether the containers of a later interval are those of this one, or begin with the next one.
  bool are_near(const IndexedInterval& one, const IndexedInterval& later) const;

  // Both throw Error(invalid_input) where a checksum is wrong.

  /// Of the containers that htslib is going to read for the interval.
  void check(const IndexedInterval& interval);
  /// Of the one that it has read.
  void check_last();

 private:
  struct Entry {
    std::int64_t reference = 0, begin = 0, end = 0;
    std::uint64_t place = 0;
    std::int64_t end_so_far = 0;  // of this entry and those of the reference before it
  };
  struct Places {
    std::uint64_t first = UINT64_MAX, last = 0;  // first > last: none
  };
  Places places_of(const IndexedInterval& interval) const;
  void sort_entries();
  void read(const std::string& index, const AlignmentHeader& header);
  void check_places(const std::string& index);
  void check_at(std::uint64_t place);

  const InputFile& file_;
  CramChecksums checksums_;
  std::vector<Entry> entries_;         // by reference, those without one first, and begin
  std::vector<std::uint64_t> places_;  // of containers, ascending
  std::int64_t last_length_ = 0;       // of what is behind the header of the last container, as the index has it
  std::size_t fitting_places_ = 0;
  std::set<std::uint64_t> checked_;  // of those
};

}  // namespace anneal::io::hts

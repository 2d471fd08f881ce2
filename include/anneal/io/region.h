// Parts of reference sequences, as queries of indexed files name them.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>

namespace anneal::io {

/// Positions begin .. end - 1 of a contig, which is a reference sequence, counted from 0.
struct Region {
  /// As `contig`, of files of alignments: the records at their end that have no position.
  static constexpr std::string_view unplaced = "*";
  static constexpr std::int64_t to_end = std::numeric_limits<std::int64_t>::max();

  std::string contig;
  std::int64_t begin = 0;     ///< at least 0
  std::int64_t end = to_end;  ///< above begin; to_end: where the contig ends

  friend bool operator==(const Region&, const Region&) = default;
};

/// As samtools and tabix write them, counted from 1 with both ends included: "chr1", "chr1:1,000", "chr1:1000-2000",
/// "chr1:-2000", "{HLA-A*01:01}:5-9" for names with a colon, "*" for Region::unplaced. Where `is_contig` says that the
/// whole text is a contig's name, as "HLA-A*01:01" may be, it is that contig. Throws Error(invalid_argument) for a text
/// of another form, and where no position is left.
Region parse_region(std::string_view text, const std::function<bool(std::string_view)>& is_contig = {});

/// "chr1", or "chr1:1000-2000": what parse_region() reads.
std::string to_string(const Region& region);

}  // namespace anneal::io

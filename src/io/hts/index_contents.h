// What an index by TBI, CSI or BAI says of the file that it was made of.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace anneal::io::hts {

struct IndexContents {
  bool is_bai = false;
  int min_shift = 14;                   ///< its smallest bins have 2^min_shift positions
  int depth = 5;                        ///< and its largest 8^depth times as many
  bool has_columns = false;             ///< false for BAI, and for CSI of BCF and BAM
  std::array<std::int32_t, 6> columns;  ///< as tabix has them: preset, contig, begin, end, comments, lines skipped
  std::vector<std::string> contigs;     ///< empty without columns
  std::int32_t contig_count = 0;
  std::vector<std::uint64_t> begins;  ///< where in the compressed file blocks begin in which it has records; unsorted
  bool has_more = false;              ///< whether records may follow that it does not have: those without a position
  std::uint64_t end = 0;  ///< where in the compressed file the block begins in which the last record ends; 0: no record
  std::uint64_t end_offset = 0;  ///< the same place as BGZF's virtual offset
};

/// Throws Error(io) where it cannot be read, and Error(invalid_input) where it is damaged, truncated or of another
/// kind, or where its bins are not those of its depth.
IndexContents read_index(const std::string& path);

/// Throws Error(invalid_input) where it is deeper than contigs of this length need, and than what programs take as a
/// matter of course: htslib would look for ever into bins that cannot be.
void check_depth(const IndexContents& index, const std::string& index_path, const std::string& path,
                 std::int64_t longest_contig);

/// At most 64 of them, each once, from the first to the last.
std::vector<std::uint64_t> some_of(std::vector<std::uint64_t> places);

/// Throws Error(invalid_input) where the end of the file is not where the index has it, or where no blocks of BGZF
/// begin at some of its places. Returns at how many one does; 0 where records follow that the index should have.
std::size_t check_places(const IndexContents& index, const std::string& index_path, const std::string& path);

}  // namespace anneal::io::hts

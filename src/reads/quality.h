// Qualities of a read, as FASTQ has them: Phred + 33.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace anneal::reads {

inline constexpr int quality_offset = 33;
inline constexpr int largest_quality = 93;

inline int phred(char letter) { return static_cast<unsigned char>(letter) - quality_offset; }

/// Of the Phred scores.
std::uint64_t quality_sum(std::string_view quality);

/// What is kept of a read: [begin, end).
struct Kept {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const Kept&, const Kept&) = default;
};

/// Cuts bad ends, as BWA's option -q and cutadapt's -q do (Martin 2011, doi:10.14806/ej.17.1.200): with the sums of
/// cutoff - quality from an end inwards, cuts where the sum is greatest, at the first of such places, and stops looking
/// where it becomes negative. A cutoff of 0 cuts nothing. Nothing is kept where the cuts meet.
Kept trim_ends(std::string_view quality, int cutoff_5, int cutoff_3);

/// Cuts the 3' end where the mean of `window` (1 or more) qualities first falls below `required`, as Trimmomatic's
/// SLIDINGWINDOW does (Bolger 2014, doi:10.1093/bioinformatics/btu170): all of that window but its last letter stays
/// at first, and then letters below `required` are taken off the end, but for the first letter of the read. Nothing is
/// kept where the first window fails or the read is shorter than one. Returns the length that is kept.
std::size_t trim_by_window(std::string_view quality, std::size_t window, int required);

}  // namespace anneal::reads

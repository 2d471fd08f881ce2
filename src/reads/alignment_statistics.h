// What the records of SAM, BAM and CRAM say about reads and pairs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "anneal/io/alignment_record.h"

namespace anneal::reads {

/// The first three are of records, the others up to `mate_elsewhere` of reads: of their primary records, which are
/// neither secondary nor supplementary. As in samtools flagstat, records count whether they failed quality checks or
/// not, and those that are secondary and supplementary are secondary.
enum class AlignmentCount {
  records,
  secondary,
  supplementary,
  mapped,
  quality_failed,
  duplicates,
  paired,
  properly_paired,  ///< paired, mapped, and flagged so
  pair_mapped,      ///< paired, both mates mapped
  singletons,       ///< paired and mapped, the mate unmapped
  mate_elsewhere,   ///< both mates mapped, to different sequences
  aligned_bases,    ///< M, I, = and X of mapped records that are not secondary and have letters
  edits,            ///< NM of the same records
};
inline constexpr std::size_t alignment_counts = 13;

/// Mapped pairs by the strands and the order of their mates.
struct PairCounts {
  std::uint64_t inward = 0;   ///< the mate that lies first is forward, the other one reverse
  std::uint64_t outward = 0;  ///< the mate that lies first is reverse, the other one forward
  std::uint64_t other = 0;    ///< both on one strand

  std::uint64_t all() const { return inward + outward + other; }
  PairCounts& operator+=(const PairCounts& more);
  friend bool operator==(const PairCounts&, const PairCounts&) = default;
};

/// Adds up records; sums of parts equal the sum of the whole.
class AlignmentStatistics {
 public:
  static constexpr std::size_t largest_insert = 8000;  ///< longer inserts count as this
  static constexpr double main_bulk = 0.99;

  void add(const io::AlignmentRecord& record);
  AlignmentStatistics& operator+=(const AlignmentStatistics& other);

  std::uint64_t count(AlignmentCount what) const { return counts_[static_cast<std::size_t>(what)]; }
  double edit_rate() const;  ///< edits per aligned base; 0 where there is none

  /// Mapped reads, by their primary record's mapping quality.
  const std::array<std::uint64_t, 256>& by_mapping_quality() const { return by_mapping_quality_; }

  /// Pairs by their insert size, the absolute TLEN, as in samtools stats: of primary records whose mates both are
  /// mapped, those with a TLEN other than 0 or with mates on one sequence. Both mates are counted, and the sums, for
  /// each size and orientation, halved and rounded down. Index 0..largest_insert; zeros at the end are left out.
  std::vector<PairCounts> by_insert_size() const;

  /// As in samtools stats, over the pairs of the smallest sizes with which `main_bulk` of all is exceeded, so that a
  /// few that are mapped wrongly do not matter. 0 where there are no pairs.
  struct InsertSize {
    double mean = 0, standard_deviation = 0;
  };
  InsertSize insert_size() const;
  /// The size of the pair of rank ceil(n / 2), of all; 0 where there are none.
  std::size_t median_insert_size() const;

 private:
  void add_read(const io::AlignmentRecord& record);
  void add_pair(const io::AlignmentRecord& record);
  void add_edits(const io::AlignmentRecord& record);
  std::uint64_t& counter(AlignmentCount what) { return counts_[static_cast<std::size_t>(what)]; }

  std::array<std::uint64_t, alignment_counts> counts_ = {};
  std::array<std::uint64_t, 256> by_mapping_quality_ = {};
  std::vector<PairCounts> mates_by_insert_size_;  // two of a pair
};

/// Whether the record stands for its read: it is neither secondary nor supplementary.
bool is_primary(const io::AlignmentRecord& record);

/// A read as it left the sequencer: of records on the reverse strand, the other way round and complemented. `quality`
/// is Phred + 33, or empty. Throws Error(invalid_input) for a quality above 93, which no text format can hold.
void sequenced_read(const io::AlignmentRecord& record, std::string& sequence, std::string& quality);

}  // namespace anneal::reads

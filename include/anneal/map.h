// Maps reads to a genome: seeds and chains by minimap2's library, base-level alignment by anneal::Aligner in batches.
//
// Part of the program only: no installed library has it, and builds without minimap2's library refuse to make an index.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anneal/align.h"
#include "anneal/cigar.h"
#include "anneal/io/sequences.h"

namespace anneal {

/// minimap2's presets of the same names, with its parameters of version 2.24.
enum class MapPreset {
  sr,        ///< short accurate reads, single or in pairs that face each other
  map_ont,   ///< long reads of Oxford Nanopore
  map_hifi,  ///< long accurate reads of PacBio
};

/// "sr", "map-ont" or "map-hifi", or nothing.
std::optional<MapPreset> find_map_preset(std::string_view name);
std::string_view name_of(MapPreset preset);

/// What alignments score: a match, minus each mismatch and gap. An N scores -1 against everything.
struct MapScoring {
  int match = 0;
  int mismatch = 0;
  GapCost gap;
  GapCost second_gap;  ///< of both prices, the lesser counts
};
MapScoring scoring_of(MapPreset preset);

/// The minimizers of a genome and its letters, in memory. Copies share them.
class MapIndex {
 public:
  /// Of FASTA, plain or compressed, by all of TBB's threads. Throws Error(io), Error(invalid_input) for what is no
  /// FASTA, and for names that are there twice or have more than 254 bytes, and Error(unavailable) in a build without
  /// minimap2's library. Progress counts letters, after all of them were read, and a stop throws Error(cancelled).
  static MapIndex build(const std::string& path, MapPreset preset, const RunControl& control = {});
  /// What save() wrote. Throws Error(io), and Error(invalid_input) for another file, a damaged one, and one that was
  /// made for a preset with other minimizers.
  static MapIndex load(const std::string& path, MapPreset preset);
  /// Whether a file starts as those of save() do. False where it cannot be read.
  static bool is_saved_index(const std::string& path);

  /// Writes minimap2's format with a checksum at its end, which minimap2 does not mind. The file appears under its name
  /// when it is whole. Throws Error(io).
  void save(const std::string& path) const;

  MapPreset preset() const;
  int target_count() const;
  std::string_view target_name(int target) const;
  std::int64_t target_length(int target) const;
  /// Upper case A, C, G, T or N.
  std::string letters(int target, std::int64_t begin, std::int64_t end) const;

  struct Impl;
  /// For the library's own use.
  explicit MapIndex(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  const Impl& impl() const { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

/// One alignment of a read. Coordinates are 0-based and half-open.
struct Mapping {
  enum class Kind : std::uint8_t {
    primary,
    supplementary,  ///< of another part of the read
    secondary,      ///< of a part that has a better one
  };

  Kind kind = Kind::primary;
  bool reverse = false;      ///< the read's reverse complement was aligned
  bool proper_pair = false;  ///< both mates are near each other, and face each other
  bool inversion = false;    ///< found between two others, without seeds of its own
  std::uint8_t mapping_quality = 0;
  int target = 0;
  std::int32_t query_begin = 0;  ///< on the read as it was given
  std::int32_t query_end = 0;
  std::int32_t target_begin = 0;
  std::int32_t target_end = 0;
  std::vector<CigarOp> cigar;          ///< =, X, I and D, in the target's direction
  std::int32_t score = 0;              ///< of the whole alignment, by MapScoring
  std::int32_t best_segment = 0;       ///< minimap2's ms: of its best part, where long gaps cost less
  std::int32_t other_segment = 0;      ///< the same of the best secondary alignment; 0: there is none
  std::int32_t chain_score = 0;        ///< minimap2's s1
  std::int32_t other_chain_score = 0;  ///< minimap2's s2
  std::int32_t minimizers = 0;         ///< minimap2's cm: in the chain
  std::int32_t matches = 0;            ///< equal letters
  std::int32_t columns = 0;            ///< letters of gaps included
  std::int32_t ambiguous = 0;          ///< columns with an N
  std::int32_t gaps = 0;               ///< gaps, whatever their lengths
  std::int32_t gap_letters = 0;

  /// SAM's NM: letters that differ, N included, and those of gaps.
  std::int32_t edit_distance() const { return columns - matches; }
};

struct MappedRead {
  std::vector<Mapping> mappings;   ///< the best first; none for a read that was not mapped
  std::int32_t repeat_length = 0;  ///< minimap2's rl: letters below minimizers that are too frequent
};

/// How long fragments are, from the first letter of one mate to the first letter of the other, both included. Mates
/// that face each other at a distance of `min` to `max` are proper pairs. The defaults are for where nothing is known.
struct InsertSizes {
  static constexpr std::int32_t most = 1'000'000;

  double mean = 400;       ///< 1..most
  double deviation = 200;  ///< above 0
  std::int32_t min = 1;    ///< 1..max
  std::int32_t max = 800;  ///< min..most
};

/// Throws Error(invalid_argument) naming all four and their ranges.
void validate(const InsertSizes& sizes);

struct InsertSizeEstimate {
  InsertSizes sizes;
  std::size_t pairs = 0;    ///< that it rests on
  bool is_default = false;  ///< they were too few
};

/// Of pairs that were mapped as single reads, mates one after the other: of those of which both mates have one place
/// alone, with a mapping quality of at least 30, and face each other.
InsertSizeEstimate estimate_insert_sizes(std::span<const MappedRead> mapped);

class Mapper {
 public:
  /// `settings` are those of the aligners. Throws as Aligner does.
  Mapper(MapIndex index, const AlignerSettings& settings = {});
  ~Mapper();
  Mapper(Mapper&&) noexcept;
  Mapper& operator=(Mapper&&) noexcept;

  /// Maps single reads. Names decide between equally good places, as in minimap2. Safe to call from several threads at
  /// once; what it finds does not depend on which reads come in one call. Throws as Aligner::align() does.
  void map(std::span<const io::SequenceRecord> reads, std::vector<MappedRead>& mapped,
           const RunControl& control = {}) const;

  /// The same of pairs: reads[2 * i] with reads[2 * i + 1], with MapPreset::sr only. Mates are placed together, and
  /// where one has no place that fits the other's, it is searched for there. Throws Error(invalid_argument) for another
  /// preset, an odd number of reads, and as validate() does.
  void map_pairs(std::span<const io::SequenceRecord> reads, const InsertSizes& insert_sizes,
                 std::vector<MappedRead>& mapped, const RunControl& control = {}) const;

  const MapIndex& index() const;
  const std::string& engine() const;  ///< of the aligners
  /// What failed first where a device did, in all calls so far; the mappings are whole all the same. Safe to call from
  /// several threads at once.
  std::string warning() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anneal

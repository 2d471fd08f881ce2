// What sequencing reads are like, one by one or as a whole.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "reads/quality.h"

namespace anneal::reads {

inline constexpr std::size_t qualities = largest_quality + 1;

/// Letters are counted in either case, and U as T.
enum class Letter { a, c, g, t, n, other };
inline constexpr std::size_t letter_kinds = 6;

using LetterCounts = std::array<std::uint64_t, letter_kinds>;
using QualityCounts = std::array<std::uint64_t, qualities>;  ///< by Phred score

/// Adds up reads, each by its letters and, if it has them, qualities; sums of parts equal the sum of the whole.
class ReadStatistics {
 public:
  /// Positions of reads, from their first letter, that cycle() tells apart; what lies behind them counts in all the
  /// rest.
  static constexpr std::size_t most_cycles = 1000;

  struct Cycle {
    LetterCounts letters = {};
    QualityCounts by_quality = {};

    std::uint64_t reads() const;
  };

  /// `quality` is Phred + 33 and as long as the sequence, or empty.
  void add(std::string_view sequence, std::string_view quality);
  ReadStatistics& operator+=(const ReadStatistics& other);

  std::uint64_t reads() const { return reads_; }
  std::uint64_t bases() const { return bases_; }
  const LetterCounts& letters() const { return letters_; }
  std::uint64_t count(Letter letter) const { return letters_[static_cast<std::size_t>(letter)]; }
  double gc_share() const;  ///< of A, C, G and T; 0 where there is none

  bool has_quality() const { return bases_with_quality_ > 0; }
  QualityCounts by_quality() const;          ///< bases
  double mean_quality() const;               ///< arithmetic, over all bases that have one; 0 where none has
  double share_of_quality(int least) const;  ///< of the same bases, 0..1
  const std::vector<Cycle>& cycles() const { return cycles_; }

  std::map<std::uint64_t, std::uint64_t> by_length() const;  ///< reads
  // 0 without reads.
  std::uint64_t shortest() const;
  std::uint64_t longest() const;
  double mean_length() const;
  /// The length of the read with which, longest first, at least half of all bases are reached; 0 without bases.
  std::uint64_t n50() const;

  /// Reads by their mean quality, rounded down, and by their share of G and C in percent, rounded to the nearest. Reads
  /// without a quality, or without A, C, G and T, are in none.
  const QualityCounts& by_mean_quality() const { return by_mean_quality_; }
  const std::array<std::uint64_t, 101>& by_gc_percent() const { return by_gc_percent_; }

 private:
  void add_letters(std::string_view sequence);
  void add_quality(std::string_view quality);

  std::uint64_t reads_ = 0;
  std::uint64_t bases_ = 0;
  std::uint64_t bases_with_quality_ = 0;
  std::uint64_t quality_sum_ = 0;
  LetterCounts letters_ = {};
  std::vector<Cycle> cycles_;
  QualityCounts by_quality_behind_ = {};  // of bases behind the cycles
  QualityCounts by_mean_quality_ = {};
  std::array<std::uint64_t, 101> by_gc_percent_ = {};
  std::unordered_map<std::uint64_t, std::uint64_t> by_length_;
};

/// The value of rank ceil(share * count), from 1, of values that are given by how many there are of each. 0 < share <=
/// 1; 0 where there are none.
std::size_t quantile(const QualityCounts& counts, double share);

}  // namespace anneal::reads

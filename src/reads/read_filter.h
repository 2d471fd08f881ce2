// Trims reads and decides which of them stay.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "anneal/io/sequences.h"
#include "reads/adapter.h"

namespace anneal::reads {

/// The defaults trim nothing and drop reads without a letter. Qualities are Phred scores, 0..93.
struct FilterOptions {
  std::size_t poly_g = 0;  ///< trim_poly_g() with tails of so many letters; 0: no
  int quality_5 = 0;       ///< trim_ends()
  int quality_3 = 0;
  std::size_t window = 0;  ///< trim_by_window() with so many letters; 0: no
  int window_quality = 0;
  std::string adapter = {};     ///< Adapter of reads, or first mates; empty: none
  std::string adapter_2 = {};   ///< of second mates
  double error_rate = 0.1;      ///< of both
  std::size_t min_overlap = 3;  ///< of both

  std::size_t min_length = 1;
  std::optional<std::size_t> max_length = {};
  std::optional<std::size_t> max_n = {};  ///< N in a read
  double min_mean_quality = 0;            ///< arithmetic mean of the Phred scores

  bool needs_quality() const { return quality_5 > 0 || quality_3 > 0 || window > 0 || min_mean_quality > 0; }
};

/// In the order in which reads are trimmed.
enum class Trimming { poly_g, quality_ends, window, adapter };
inline constexpr std::size_t trimmings = 4;

/// In the order in which reads are tested.
enum class Verdict { too_short, too_long, too_many_n, low_quality, passed };
inline constexpr std::size_t verdicts = 5;

/// What became of reads. Of a pair that is dropped, both have the verdict of the first mate that failed.
struct FilterCounts {
  std::uint64_t reads = 0, bases = 0;
  std::uint64_t bases_passed = 0;
  std::array<std::uint64_t, trimmings> trimmed_reads = {}, trimmed_bases = {};
  std::array<std::uint64_t, verdicts> by_verdict = {};  ///< reads

  FilterCounts& operator+=(const FilterCounts& other);
  std::uint64_t reads_passed() const { return by_verdict[static_cast<std::size_t>(Verdict::passed)]; }
};

/// May be used from several threads at once.
class ReadFilter {
 public:
  /// Throws what Adapter's constructor throws.
  explicit ReadFilter(const FilterOptions& options);

  /// Trim the views of what they are given, add to `counts`, and return whether it stays. FASTA only where options need
  /// no quality.
  bool apply(io::SequenceRecord& read, FilterCounts& counts) const;
  bool apply(io::SequenceRecord& first, io::SequenceRecord& second, FilterCounts& counts) const;

 private:
  void trim(io::SequenceRecord& read, const std::optional<Adapter>& adapter, FilterCounts& counts) const;
  Verdict judge(const io::SequenceRecord& read) const;

  FilterOptions options_;
  std::optional<Adapter> adapter_, adapter_2_;
};

}  // namespace anneal::reads

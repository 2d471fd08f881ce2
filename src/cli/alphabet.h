// Telling DNA from protein.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "anneal/scoring.h"

namespace anneal::cli {

/// Counts letters of the first sequences of one file.
class AlphabetSample {
 public:
  static constexpr std::size_t max_records = 1000;
  /// Records are looked at only while they fit, so that 1,000 chromosomes are not read ahead.
  static constexpr std::size_t max_bytes = std::size_t{1} << 24;

  void add(std::string_view sequence);

  bool empty() const { return letters_ == 0; }

  /// Nine letters in ten are A, C, G, T, U or N; or half of them, where the others are IUPAC's codes for nucleotides.
  /// An empty sample looks like either.
  bool looks_like_dna() const {
    return nucleotides_ * 10 >= letters_ * 9 || (nucleotides_ + codes_ == letters_ && nucleotides_ >= codes_);
  }

  /// What it looks like; nothing where it is empty.
  std::optional<Alphabet> alphabet() const {
    if (empty()) return std::nullopt;
    return looks_like_dna() ? Alphabet::dna : Alphabet::protein;
  }

 private:
  std::uint64_t letters_ = 0;
  std::uint64_t nucleotides_ = 0;  // A, C, G, T, U and N
  std::uint64_t codes_ = 0;        // of several nucleotides, but for N
};

}  // namespace anneal::cli

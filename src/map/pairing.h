// Which places of two mates belong together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "anneal/map.h"

namespace anneal::map {

/// Where a mate may be from.
struct MatePlace {
  int target = 0;
  bool faces_right = false;    ///< on the forward strand
  std::int32_t outer_end = 0;  ///< see outer_end(const Mapping&)
  std::int32_t score = 0;      ///< of its alignment
  std::uint32_t tie = 0;       ///< of equally good pairs, the one with the largest sum is taken
};

struct PairScoring {
  std::int32_t match = 0;
  std::int32_t mismatch = 0;
  std::int32_t unpaired = 0;  ///< what it costs two mates not to be a proper pair
  std::int32_t near = 0;      ///< pairs that score less by no more than this count as alternatives
};

/// -10 log10 of the probability that the best of two alignments is wrong where it scores so much more than the other:
/// 24.8 for each column that is equal instead of different, -10 log10(0.01 / 3), as if one of a hundred letters were
/// misread.
double quality_of(std::int32_t difference, const PairScoring& scoring);

/// Letters between the outer ends of two mates that face each other, where a proper pair may have so many.
std::optional<std::int32_t> proper_size(const MatePlace& one, const MatePlace& other, const InsertSizes& sizes);

/// What is subtracted from a pair's score for its size d: min(-match * log4(P(d)), unpaired), with P the probability
/// that a normally distributed size is at least as far from the mean (Li 2013, arXiv:1303.3997, section 2.4, of bwa
/// mem).
std::int32_t size_penalty(std::int32_t size, const InsertSizes& sizes, const PairScoring& scoring);

struct PairChoice {
  std::array<std::size_t, 2> places = {};   ///< of the first mate and of the second
  std::int32_t score = 0;                   ///< of both alignments, less the penalty
  std::int32_t second_score = 0;            ///< of the next best pair, or of mates that are none
  int alternatives = 0;                     ///< other pairs that are near
  std::array<std::int32_t, 2> rivals = {};  ///< of the best pair that has the mate elsewhere; 0: there is none

  /// -10 log10 of the probability that it is wrong, 0..60: quality_of() the difference to the next best, less
  /// 10 log10(1 + alternatives), as in bwa mem.
  int quality(const PairScoring& scoring) const;
  /// What it is at most for a mate that has other places in other pairs.
  int limit(std::size_t mate, const PairScoring& scoring) const;
};

/// 0 of none.
std::int32_t best_score(std::span<const MatePlace> places);

/// The best score of two mates that are no pair.
std::int32_t unpaired_score(std::span<const MatePlace> first, std::span<const MatePlace> second,
                            const PairScoring& scoring);

/// The best proper pair, where it scores at least as much as both mates' best places that are none.
std::optional<PairChoice> choose_pair(std::span<const MatePlace> first, std::span<const MatePlace> second,
                                      const InsertSizes& sizes, const PairScoring& scoring);

}  // namespace anneal::map

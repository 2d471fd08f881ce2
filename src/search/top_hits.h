// The best hits of one query so far.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "anneal/search.h"
#include "search/engine.h"

namespace anneal::search {

/// What an engine found for one strand of the query in one part of the database.
struct StrandHits {
  std::span<const Hit> hits;
  bool reverse;
};

class TopHits {
 public:
  /// Keeps `top` hits of at least `min_score`.
  TopHits(std::size_t top, std::int32_t min_score) : top_(top), min_score_(min_score) {}

  /// What a sequence further on in the database has to score to become a hit.
  std::int32_t least_score() const {
    return hits_.size() < top_ ? min_score_ : std::max(min_score_, hits_.back().score + 1);
  }

  /// Takes the hits of a part that begins with sequence `first_target`. Of a sequence that is on both strands, the
  /// better one counts.
  void add(std::uint64_t first_target, std::span<const StrandHits> strands);

  std::span<const SearchHit> hits() const { return hits_; }

  /// Hits that another object with the same limits had; false where it could not have had them.
  bool restore(std::span<const SearchHit> hits, std::uint64_t targets);

 private:
  std::size_t top_;
  std::int32_t min_score_;
  std::vector<SearchHit> hits_;  // best first
};

}  // namespace anneal::search

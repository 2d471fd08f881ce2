// A minimizer of a read that is in the genome, too.
#pragma once

#include <cstdint>
#include <span>

namespace anneal::map {

struct Anchor {
  std::uint32_t place = 0;  ///< strand and target: anchors of one chain have the same
  std::int32_t target_end = 0;
  std::int32_t query_end = 0;  ///< on the strand that is aligned
  std::int32_t span = 0;       ///< letters, on both sides
  bool is_tandem = false;      ///< the next minimizer of the read is the same
  bool is_ignored = false;     ///< what follows is aligned over it
  bool joins_far = false;      ///< what comes before it is far off, and aligned without a band

  std::int32_t target_begin() const { return target_end - span; }
  std::int32_t query_begin() const { return query_end - span; }
};

/// By how much more the query moves on than the target, from one anchor to the next.
inline std::int32_t gap_between(const Anchor& one, const Anchor& next) {
  return (next.query_end - one.query_end) - (next.target_end - one.target_end);
}

/// Consecutive anchors of a chain.
struct Stretch {
  std::size_t first = 0;
  std::size_t count = 0;

  std::size_t last() const { return first + count - 1; }
};

}  // namespace anneal::map

// What of a chain has to be aligned: extensions at its ends and what lies between its anchors.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "map/anchor.h"

namespace anneal::map {

/// Letters of the read's strand against letters of a target.
struct Box {
  std::int32_t query_begin = 0;
  std::int32_t query_end = 0;
  std::int32_t target_begin = 0;
  std::int32_t target_end = 0;

  std::int32_t query_length() const { return query_end - query_begin; }
  std::int32_t target_length() const { return target_end - target_begin; }
  bool empty() const { return query_length() <= 0 || target_length() <= 0; }
};

/// Everything from corner to corner.
struct Fill {
  Box box;
  std::size_t anchor = 0;  ///< of the chain, at which it ends
};

struct Plan {
  Box left;                 ///< extended from its end to its begin; may be empty
  std::vector<Fill> fills;  ///< each begins where the one before ends
  Box right;                ///< may be empty
  Stretch used;             ///< of the chain

  /// Where left ends, and the first fill begins.
  std::int32_t query_begin() const { return left.query_end; }
  std::int32_t target_begin() const { return left.target_end; }
};

/// minimap2's parameters that plans depend on.
struct PlanLimits {
  bool is_short = false;  ///< reads are
  std::int32_t seed = 0;  ///< letters of a minimizer
  std::int32_t match = 0;
  std::int32_t gap_open = 0;
  std::int32_t gap_extend = 0;
  std::int32_t end_bonus = 0;
  std::int32_t longest_gap = 0;
  std::int32_t band = 0;
  std::int32_t min_chain_score = 0;
  std::int32_t min_anchors = 0;
  std::int32_t min_fill = 0;
};

/// A chain among all anchors of its read, which say how far it may be extended.
struct Chain {
  std::span<const Anchor> anchors;
  Stretch part;
  std::int32_t covered = 0;  ///< letters below its anchors
  std::int32_t query_length = 0;
  std::int32_t target_length = 0;

  std::span<const Anchor> own() const { return anchors.subspan(part.first, part.count); }
};

Plan plan_alignment(const Chain& chain, const PlanLimits& limits);

}  // namespace anneal::map

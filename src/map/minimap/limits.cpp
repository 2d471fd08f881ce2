#include "map/minimap/limits.h"

#include <algorithm>

namespace anneal::map {
namespace {

// Wider than that of chains, since what is between anchors may leave their diagonal.
int widened(int band) { return static_cast<int>(band * 1.5 + 1); }

}  // namespace

PlanLimits plan_limits(const Parameters& parameters) {
  const mm_mapopt_t& mapping = parameters.mapping;
  return {.is_short = parameters.is_short(),
          .seed = parameters.index.k,
          .match = mapping.a,
          .gap_open = mapping.q,
          .gap_extend = mapping.e,
          .end_bonus = std::max(mapping.end_bonus, 0),
          .longest_gap = mapping.max_gap,
          .band = mapping.bw,
          .min_chain_score = mapping.min_chain_score,
          .min_anchors = mapping.min_cnt,
          .min_fill = mapping.min_ksw_len};
}

AlignLimits align_limits(MapPreset preset, const Parameters& parameters) {
  const mm_mapopt_t& mapping = parameters.mapping;
  return {.scoring = scoring_of(preset),
          .band = widened(mapping.bw),
          .long_band = widened(std::max(mapping.bw, mapping.bw_long)),
          .zdrop = mapping.zdrop,
          .zdrop_inversion = mapping.zdrop_inv,
          .end_bonus = std::max(mapping.end_bonus, 0),
          .most_cells = mapping.max_sw_mat,
          .finds_inversions = !parameters.is_short(),
          .min_inversion_score = std::max(mapping.min_chain_score * mapping.a, mapping.min_dp_max),
          .longest_inversion = mapping.max_gap,
          .min_mate_score = mapping.min_dp_max,
          .min_anchors = static_cast<std::size_t>(mapping.min_cnt)};
}

}  // namespace anneal::map

#include "align/gpu/two_piece_scoring.h"

#include "align/gpu/path_scoring.h"

namespace anneal::align::gpu {

recurrence::TwoPieceParameters two_piece_parameters(const AlignOptions& options) {
  const GapCost first{options.gap_open, options.gap_extend}, second = options.second_gap.value_or(first);
  return {.gap_open = first.open,
          .gap_extend = first.extend,
          .second_open = second.open,
          .second_extend = second.extend,
          .extends = options.mode == Mode::extend_ksw2,
          .rightmost = options.gap_placement == GapPlacement::rightmost,
          .wants_path = options.output == Output::path,
          .band = options.band,
          .zdrop = options.zdrop,
          .end_bonus = options.end_bonus,
          .min_score = options.min_score,
          .identity = identity_of(options.matrix)};
}

}  // namespace anneal::align::gpu

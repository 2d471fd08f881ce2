#include "map/aligners.h"

namespace anneal::map {
namespace {

AlignOptions common_options(Mode mode, const AlignLimits& limits) {
  AlignOptions options;
  options.mode = mode;
  options.matrix = SubstitutionMatrix::match_mismatch(limits.scoring.match, limits.scoring.mismatch);
  options.gap_open = limits.scoring.gap.open;
  options.gap_extend = limits.scoring.gap.extend;
  options.second_gap = limits.scoring.second_gap;
  return options;
}

AlignOptions extension_options(const AlignLimits& limits, GapPlacement placement) {
  AlignOptions options = common_options(Mode::extend_ksw2, limits);
  options.gap_placement = placement;
  options.band = limits.band;
  options.zdrop = limits.zdrop;
  options.end_bonus = limits.end_bonus;
  return options;
}

AlignOptions drop_options(const AlignLimits& limits) {
  AlignOptions options = extension_options(limits, GapPlacement::leftmost);
  options.band = limits.long_band;
  options.end_bonus = 0;
  return options;
}

}  // namespace

Aligners::Aligners(const AlignLimits& limits, const AlignerSettings& settings)
    : left(extension_options(limits, GapPlacement::rightmost), settings),
      right(extension_options(limits, GapPlacement::leftmost), settings),
      fill(common_options(Mode::global, limits), settings), drop(drop_options(limits), settings) {}

void Problems::run(const Aligner& aligner, const RunControl& control) {
  if (queries_.empty()) return;
  aligner.align({.queries = queries_, .targets = targets_, .letters = Letters::encoded}, results_, control);
}

void Problems::clear() {
  queries_.clear();
  targets_.clear();
}

}  // namespace anneal::map

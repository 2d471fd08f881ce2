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

AlignOptions extension_options(const AlignLimits& limits, GapPlacement placement, int zdrop) {
  AlignOptions options = common_options(Mode::extend_ksw2, limits);
  options.gap_placement = placement;
  options.band = limits.band;
  options.zdrop = zdrop;
  options.end_bonus = limits.end_bonus;
  return options;
}

AlignOptions drop_options(const AlignLimits& limits, int zdrop) {
  AlignOptions options = extension_options(limits, GapPlacement::leftmost, zdrop);
  options.band = limits.long_band;
  options.end_bonus = 0;
  return options;
}

AlignOptions inversion_options(const AlignLimits& limits) {
  AlignOptions options = common_options(Mode::local, limits);
  options.second_gap.reset();
  return options;
}

AlignOptions mate_options(const AlignLimits& limits) {
  AlignOptions options = inversion_options(limits);
  options.output = Output::end;
  options.min_score = limits.min_mate_score;
  return options;
}

AlignOptions mate_twice_options(const AlignLimits& limits) {
  AlignOptions options = mate_options(limits);
  options.second_best_distance = AlignOptions::half_the_query;
  return options;
}

}  // namespace

void FirstWarning::note(const std::string& warning) {
  if (warning.empty()) return;
  const std::scoped_lock lock(mutex_);
  if (text_.empty()) text_ = warning;
}

std::string FirstWarning::text() const {
  const std::scoped_lock lock(mutex_);
  return text_;
}

void NotingAligner::align(const PairBatch& pairs, AlignResults& results, const RunControl& control) const {
  aligner_.align(pairs, results, control);
  warning_->note(results.warning);
}

Aligners::Aligners(const AlignLimits& limits, const AlignerSettings& settings)
    : left(extension_options(limits, GapPlacement::rightmost, limits.zdrop), settings, warning),
      right(extension_options(limits, GapPlacement::leftmost, limits.zdrop), settings, warning),
      drop(drop_options(limits, limits.zdrop), settings, warning),
      left_of_inversion(extension_options(limits, GapPlacement::rightmost, limits.zdrop_inversion), settings, warning),
      drop_at_inversion(drop_options(limits, limits.zdrop_inversion), settings, warning),
      inversion(inversion_options(limits), settings, warning), mate(mate_options(limits), settings, warning),
      mate_twice(mate_twice_options(limits), settings, warning) {
  for (const int band : fill_bands) {
    AlignOptions options = common_options(Mode::global, limits);
    options.band = band;
    fill.emplace_back(options, settings, warning);
  }
}

void Problems::run(const NotingAligner& aligner, const RunControl& control) {
  if (queries_.empty()) return;
  aligner.align({.queries = queries_, .targets = targets_, .band_centres = centres_, .letters = Letters::encoded},
                results_, control);
}

}  // namespace anneal::map

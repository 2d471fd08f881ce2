// Two engines on the same batches, for the time that each takes.
#pragma once

#include <map>

#include "align/calibration.h"
#include "align/engine.h"
#include "align/sample_pairs.h"
#include "align/work_kind.h"

namespace anneal::align {

class Duel {
 public:
  /// With pairs of `kind`. All of them outlive it.
  Duel(const WorkKind& kind, const Engine& cpu, const Engine& gpu, const RunControl& control);

  /// Times both by align::calibrate(). Throws Error(device_failed) where the GPU fails or its results are not the
  /// CPU's, and what the engines throw.
  Calibration calibrate();

 private:
  double time_cpu(std::size_t pairs, int length);
  double time_gpu(std::size_t pairs, int length);
  const SamplePairs& sample(int length);
  double time(const Engine& engine, std::size_t pairs, int length, AlignResults& results);

  const WorkKind& kind_;
  const Engine& cpu_;
  const Engine& gpu_;
  const RunControl& control_;
  AlignOptions options_;
  std::map<int, SamplePairs> samples_;  // by length
  int expected_length_ = 0;
  AlignResults expected_;
  AlignResults found_;
};

/// What is measured stands for all options of its kind; these are usual ones.
AlignOptions usual_options(const WorkKind& kind);

}  // namespace anneal::align

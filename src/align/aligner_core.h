// What an Aligner is made of, for other calls that work with it.
#pragma once

#include <memory>
#include <string>

#include "align/engine.h"
#include "anneal/align.h"
#include "device/cpu/queue.h"

namespace anneal::align {

/// Stays where it is when its Aligner is moved. The options are its base so that Aligner::options(), which is public,
/// leads to it.
struct AlignerCore : AlignOptions {
  /// As Aligner's constructor, but for bad options.
  AlignerCore(AlignOptions checked, const AlignerSettings& settings);

  void align(const PairBatch& pairs, AlignResults& results, const RunControl& control) const;

  int threads;
  std::uint64_t memory;
  mutable device::cpu::Queue queue;
  std::unique_ptr<Engine> engine;
  std::string engine_name;
};

inline const AlignerCore& core_of(const Aligner& aligner) { return static_cast<const AlignerCore&>(aligner.options()); }

}  // namespace anneal::align

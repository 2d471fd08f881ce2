// What an Aligner is made of, for other calls that work with it.
#pragma once

#include <memory>
#include <string>

#include "align/engine.h"
#include "align/engines.h"
#include "anneal/align.h"
#include "device/cpu/queue.h"

namespace anneal::align {

/// What these settings come to on this machine. Throws Error(invalid_argument) for too little memory, or threads below
/// 0.
EngineResources resources_of(const AlignerSettings& settings);

/// Stays where it is when its Aligner is moved.
struct AlignerCore {
  /// As Aligner's constructor, but for bad options.
  AlignerCore(AlignOptions checked, const AlignerSettings& settings);

  void align(const PairBatch& pairs, AlignResults& results, const RunControl& control) const;

  AlignOptions options;
  EngineResources resources;
  mutable device::cpu::Queue queue;
  std::unique_ptr<Engine> engine;
  std::string engine_name;
};

}  // namespace anneal::align

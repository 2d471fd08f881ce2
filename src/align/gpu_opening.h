// Making a GPU ready, where this machine has one that works.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "align/engine.h"

namespace anneal::align {

struct GpuCandidate {
  std::string name;
  std::function<std::unique_ptr<Engine>()> make;  ///< throws Error where the device cannot be used
};

/// What AutoEngine knows of GPUs.
struct GpuSource {
  /// Those that the drivers show, best first. The first call opens the drivers.
  std::function<std::vector<GpuCandidate>()> list;
  std::function<bool(const Engine&)> passes_self_test;
  /// To open one is a matter of milliseconds, as on a Mac: then unmeasured batches go there from the first one on.
  bool opens_soon = false;
  /// Takes down what became of a candidate, for `anneal devices`.
  std::function<void(const std::string& name, const std::string& note)> note = [](auto&, auto&) {};
};

struct OpenedGpu {
  std::unique_ptr<Engine> engine;  ///< null where none works
  double seconds = 0;              ///< to list the devices, make the engine and run a first batch; no self-test
  std::string why_not;             ///< what became of those that do not work; of none there are, that
};

/// The first candidate that can be made, runs a batch and passes its self-test. Throws no error of a device.
OpenedGpu open_gpu(const GpuSource& source);

}  // namespace anneal::align

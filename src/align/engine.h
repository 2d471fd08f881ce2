// What every implementation of the aligner offers. Engines are listed in engines.h.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "align/batch.h"
#include "anneal/align.h"
#include "base/cpu.h"

namespace anneal::align {

/// Whether it takes kernels of their own: extensions as ksw2's, and gaps of two pieces.
inline bool needs_two_piece_kernels(const AlignOptions& options) {
  return options.mode == Mode::extend_ksw2 || options.second_gap.has_value();
}

class Engine {
 public:
  virtual ~Engine() = default;

  virtual std::string_view name() const = 0;
  /// Whether this machine can run it. Everything below may be called only where it can.
  virtual bool is_available() const = 0;
  /// What its results may depend on besides this build: it has to pass its self-test anew where that changes.
  virtual std::string identity() const { return base::processor_identity(); }
  /// Where several processors share a batch: an engine for each, whose self-tests together are this engine's.
  virtual std::vector<std::unique_ptr<Engine>> parts() const { return {}; }
  /// Smallest and largest batch that the engine handles well; the caller splits and groups.
  virtual std::size_t min_batch() const { return 1; }
  virtual std::size_t max_batch() const { return std::numeric_limits<std::size_t>::max(); }
  /// False where execute() would have to pass pairs to another engine.
  virtual bool supports(const AlignOptions& options) const = 0;
  /// Fills `results` (sized and cleared here) for the whole batch. Thread-safe.
  virtual void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                       AlignResults& results) const = 0;
  /// Returns when all work that execute() started has finished.
  virtual void synchronize() const {}
};

}  // namespace anneal::align

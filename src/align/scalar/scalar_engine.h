// The specification as an engine: plain loops, one pair at a time.
#pragma once

#include "align/cigar_collector.h"
#include "align/engine.h"
#include "device/cpu/queue.h"

namespace anneal::align::scalar {

class ScalarEngine final : public Engine {
 public:
  /// `memory` in bytes, shared by `threads` workers.
  ScalarEngine(int threads, std::uint64_t memory)
      : task_memory_(memory / static_cast<std::uint64_t>(threads)), cigar_memory_(memory / CigarMemory::share),
        queue_(threads) {}

  std::string_view name() const override { return "scalar"; }
  bool is_available() const override { return true; }
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;

 private:
  std::uint64_t task_memory_;
  mutable CigarMemory cigar_memory_;
  mutable device::cpu::Queue queue_;
};

}  // namespace anneal::align::scalar

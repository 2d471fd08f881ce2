// The SIMD engine: pairs of a batch in the lanes of a vector, long or lone pairs along their antidiagonals.
#pragma once

#include <string>

#include "align/cigar_collector.h"
#include "align/cpu/kernels.h"
#include "align/engine.h"
#include "device/buffer_pool.h"
#include "device/cpu/device.h"
#include "device/cpu/queue.h"

namespace anneal::align::cpu {

class CpuEngine final : public Engine {
 public:
  /// `backend` has vector kernels. `memory` bytes are shared by `threads` workers.
  CpuEngine(const std::string& backend, int threads, std::uint64_t memory);
  /// With `kernels`, which must outlive it; null where this machine has none.
  CpuEngine(std::string backend, const Kernels* kernels, int threads, std::uint64_t memory);

  std::string_view name() const override { return backend_; }
  bool is_available() const override { return kernels_ != nullptr; }
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;

 private:
  std::string backend_;
  const Kernels* kernels_;
  std::uint64_t memory_;
  std::uint64_t task_memory_;
  mutable device::cpu::Device device_;
  mutable device::BufferPool pool_;
  mutable CigarMemory cigar_memory_;
  mutable device::cpu::Queue queue_;
};

}  // namespace anneal::align::cpu

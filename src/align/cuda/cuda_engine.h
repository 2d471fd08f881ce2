// The engine for NVIDIA's GPUs.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "align/cigar_collector.h"
#include "align/cuda/gpu.h"
#include "align/cuda/stage.h"
#include "align/device_engine.h"
#include "align/engine.h"
#include "align/gpu/chunk_cuts.h"
#include "device/cpu/queue.h"

namespace anneal::align::cuda {

class DeviceLetters;

class CudaEngine final : public Engine, public DeviceEngine {
 public:
  /// These devices of `runtime`, at least one, which share each batch. `threads` of the host encode; what no device can
  /// do, the CPU does with `memory` bytes. Devices that cannot be used are left out, which the first call's results
  /// tell; throws RuntimeError where that are all.
  CudaEngine(device::cuda::Runtime& runtime, const std::vector<int>& ordinals, int threads, std::uint64_t memory,
             const ChunkSizes& sizes = {});
  ~CudaEngine() override;

  std::string_view name() const override { return name_; }
  std::string identity() const override;
  bool is_available() const override { return !gpus_.front()->device().runtime().is_poisoned(); }
  std::vector<std::unique_ptr<Engine>> parts() const override;
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;
  /// Throws RuntimeError where the stream's work cannot be waited for.
  PreparedCall prepare(const DevicePairs& pairs, const AlignOptions& options) const override;

 private:
  using Gpus = std::vector<std::shared_ptr<Gpu>>;

  CudaEngine(std::string name, Gpus gpus, int threads, std::uint64_t memory, const ChunkSizes& sizes);

  void align(const Batch& batch, const AlignOptions& options, const RunControl& control, AlignResults& results,
             const DeviceLetters* device_letters) const;
  void align(const DevicePairs& pairs, const AlignOptions& options, const RunControl& control,
             AlignResults& results) const;
  const Engine& cpu() const;
  std::string take_opening_failure() const;

  std::string name_;
  std::uint64_t memory_;
  ChunkSizes sizes_;
  HostLetters host_letters_;
  Gpus gpus_;  // shared with parts()
  mutable CigarMemory cigar_memory_;
  mutable device::cpu::Queue host_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Engine> cpu_;
  mutable std::string opening_failure_;
};

}  // namespace anneal::align::cuda

// The engine for NVIDIA's GPUs.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "align/cigar_collector.h"
#include "align/cuda/stage.h"
#include "align/device_engine.h"
#include "align/engine.h"
#include "device/cpu/queue.h"
#include "device/cuda/device.h"

namespace anneal::align::cuda {

class DeviceLetters;

class CudaEngine final : public Engine, public DeviceEngine {
 public:
  /// Device `ordinal` of `runtime`. `threads` of the host encode; what the device cannot do, the CPU does with
  /// `memory` bytes. Throws RuntimeError where the device cannot be used.
  CudaEngine(device::cuda::Runtime& runtime, int ordinal, int threads, std::uint64_t memory);
  ~CudaEngine() override;

  std::string_view name() const override { return name_; }
  std::string identity() const override { return device_.identity(); }
  bool is_available() const override { return !device_.runtime().is_poisoned(); }
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;
  /// Throws RuntimeError where the stream's work cannot be waited for.
  PreparedCall prepare(const DevicePairs& pairs, const AlignOptions& options) const override;

 private:
  using Queues = std::vector<std::unique_ptr<device::cuda::Queue>>;

  void align(const Batch& batch, const AlignOptions& options, const RunControl& control, AlignResults& results,
             const DeviceLetters* device_letters) const;
  void align(const DevicePairs& pairs, const AlignOptions& options, const RunControl& control,
             AlignResults& results) const;
  void add_queues(Queues& queues) const;
  void give_back(Queues queues) const;
  const Engine& cpu() const;

  std::string name_;
  std::uint64_t memory_;
  HostLetters host_letters_;
  mutable device::cuda::Device device_;
  mutable device::BufferPool device_memory_;
  mutable device::BufferPool staging_;
  mutable CigarMemory cigar_memory_;
  mutable device::cpu::Queue host_;
  mutable std::mutex mutex_;
  mutable Queues idle_queues_;
  mutable std::unique_ptr<Engine> cpu_;
};

}  // namespace anneal::align::cuda

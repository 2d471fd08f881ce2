// The engine for Apple's GPUs, and others that Metal knows.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "align/cigar_collector.h"
#include "align/engine.h"
#include "align/gpu/chunk_cuts.h"
#include "align/gpu/host_letters.h"
#include "align/metal/gpu.h"
#include "device/cpu/queue.h"

namespace anneal::align::metal {

class MetalEngine final : public Engine {
 public:
  /// Chunks of 1,024 to 16,384 pairs of reads: fewer leave a GPU idle, and more leave it waiting for the first.
  static constexpr gpu::ChunkSizes default_sizes{.usual_letters = std::size_t{1} << 22,
                                                 .least_letters = std::size_t{1} << 18};

  /// Device `ordinal` of `runtime`. `threads` of the host encode; what the device cannot do, the CPU does with `memory`
  /// bytes. Throws RuntimeError where the device cannot be used.
  MetalEngine(device::metal::Runtime& runtime, int ordinal, int threads, std::uint64_t memory,
              const gpu::ChunkSizes& sizes = default_sizes);
  ~MetalEngine() override;

  std::string_view name() const override { return name_; }
  std::string identity() const override { return gpu_->device().identity(); }
  bool is_available() const override { return !gpu_->device().runtime().is_poisoned(); }
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;

 private:
  const Engine& cpu() const;

  std::string name_;
  std::uint64_t memory_;
  gpu::ChunkSizes sizes_;
  gpu::HostLetters host_letters_;
  std::shared_ptr<Gpu> gpu_;
  mutable CigarMemory cigar_memory_;
  mutable device::cpu::Queue host_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Engine> cpu_;
};

}  // namespace anneal::align::metal

// The engine for Apple's GPUs, and others that Metal knows.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

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

  /// These devices of `runtime`, at least one, which share each batch. `threads` of the host encode; what no device can
  /// do, the CPU does with `memory` bytes. Devices that cannot be used are left out, which the first call's results
  /// tell; throws RuntimeError where that are all.
  MetalEngine(device::metal::Runtime& runtime, const std::vector<int>& ordinals, int threads, std::uint64_t memory,
              const gpu::ChunkSizes& sizes = default_sizes);
  ~MetalEngine() override;

  std::string_view name() const override { return name_; }
  std::string identity() const override;
  /// Where one of the devices is.
  bool is_available() const override;
  std::vector<std::unique_ptr<Engine>> parts() const override;
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;

 private:
  using Gpus = std::vector<std::shared_ptr<Gpu>>;

  MetalEngine(std::string name, Gpus gpus, int threads, std::uint64_t memory, const gpu::ChunkSizes& sizes);

  const Engine& cpu() const;
  std::string take_opening_failure() const;

  std::string name_;
  std::uint64_t memory_;
  gpu::ChunkSizes sizes_;
  gpu::HostLetters host_letters_;
  Gpus gpus_;  // shared with parts()
  mutable CigarMemory cigar_memory_;
  mutable device::cpu::Queue host_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<Engine> cpu_;
  mutable std::string opening_failure_;
};

}  // namespace anneal::align::metal

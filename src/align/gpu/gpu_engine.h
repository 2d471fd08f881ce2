// The engine for one or several GPUs of a kind.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "align/cigar_collector.h"
#include "align/engine.h"
#include "align/engines.h"
#include "align/gpu/chunk_cuts.h"
#include "align/gpu/execution.h"
#include "align/gpu/host_letters.h"
#include "align/gpu/open_gpus.h"
#include "device/cpu/queue.h"

namespace anneal::align::gpu {

/// `Platform` names the classes of a kind of GPU.
template <class Platform>
class GpuEngine : public Engine {
 public:
  /// These devices of `runtime`, at least one, which share each batch. `threads` of the host encode; what no device can
  /// do, the CPU does with `memory` bytes. Devices that cannot be used are left out, which the first call's results
  /// tell; throws RuntimeError where that are all.
  GpuEngine(typename Platform::Runtime& runtime, const std::vector<int>& ordinals, int threads, std::uint64_t memory,
            const ChunkSizes& sizes = Platform::default_sizes);
  ~GpuEngine() override = default;

  std::string_view name() const override { return name_; }
  std::string identity() const override { return identity_of(gpus_); }
  /// Where one of the devices is.
  bool is_available() const override;
  std::vector<std::unique_ptr<Engine>> parts() const override;
  bool supports(const AlignOptions&) const override { return true; }
  void execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
               AlignResults& results) const override;

 protected:
  using Gpus = std::vector<std::shared_ptr<typename Platform::Gpu>>;
  using DeviceLetters = typename Platform::DeviceLetters;

  const Gpus& gpus() const { return gpus_; }
  device::cpu::Queue& host() const { return host_; }
  /// Aligns the run's batch, whose results these are. `letters` as in Stage.
  void align(Run& run, AlignResults& results, const DeviceLetters* letters = nullptr) const;

 private:
  GpuEngine(std::string name, Gpus gpus, int threads, std::uint64_t memory, const ChunkSizes& sizes);

  static std::string name_of(const std::vector<int>& ordinals);
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

template <class Platform>
GpuEngine<Platform>::GpuEngine(typename Platform::Runtime& runtime, const std::vector<int>& ordinals, int threads,
                               std::uint64_t memory, const ChunkSizes& sizes)
    : GpuEngine(name_of(ordinals), {}, threads, memory, sizes) {
  auto opened = open_gpus<Platform>(runtime, ordinals, host_);
  gpus_ = std::move(opened.gpus);
  opening_failure_ = std::move(opened.failure);
}

template <class Platform>
GpuEngine<Platform>::GpuEngine(std::string name, Gpus gpus, int threads, std::uint64_t memory, const ChunkSizes& sizes)
    : name_(std::move(name)), memory_(memory), sizes_(sizes), host_letters_(find_host_letters()),
      gpus_(std::move(gpus)), cigar_memory_(memory / CigarMemory::share), host_(threads) {}

template <class Platform>
std::string GpuEngine<Platform>::name_of(const std::vector<int>& ordinals) {
  return ordinals.size() == 1 ? Platform::backend_name(ordinals.front()) : std::string(Platform::all_devices);
}

template <class Platform>
bool GpuEngine<Platform>::is_available() const {
  return std::ranges::any_of(gpus_, [](const auto& gpu) { return !gpu->device().runtime().is_poisoned(); });
}

template <class Platform>
std::vector<std::unique_ptr<Engine>> GpuEngine<Platform>::parts() const {
  std::vector<std::unique_ptr<Engine>> parts;
  if (gpus_.size() == 1) return parts;
  for (const auto& gpu : gpus_) {
    const std::string name = Platform::backend_name(gpu->device().ordinal());
    parts.push_back(std::unique_ptr<Engine>(new GpuEngine(name, {gpu}, host_.threads(), memory_, sizes_)));
  }
  return parts;
}

template <class Platform>
const Engine& GpuEngine<Platform>::cpu() const {
  const std::scoped_lock lock(mutex_);
  if (!cpu_) cpu_ = make_engine("cpu", {.threads = host_.threads(), .memory = memory_});
  return *cpu_;
}

template <class Platform>
std::string GpuEngine<Platform>::take_opening_failure() const {
  const std::scoped_lock lock(mutex_);
  return std::exchange(opening_failure_, {});
}

template <class Platform>
void GpuEngine<Platform>::execute(const Batch& batch, const AlignOptions& options, const RunControl& control,
                                  AlignResults& results) const {
  Run run(batch, options, control, results);
  align(run, results);
}

template <class Platform>
void GpuEngine<Platform>::align(Run& run, AlignResults& results, const DeviceLetters* letters) const {
  CigarCollector cigars(cigar_memory_, run.wants_path() ? run.batch().size() : 0, host_.threads());
  const EngineParts<Platform> parts{.gpus = gpus_,
                                    .host = host_,
                                    .sizes = sizes_,
                                    .host_letters = host_letters_,
                                    .cpu = [this]() -> const Engine& { return cpu(); },
                                    .device_letters = letters};
  Execution<Platform> execution(parts, run, run.wants_path() ? &cigars : nullptr);
  execution.run_all();
  if (run.wants_path() && !run.has_invalid_letter()) cigars.merge_into(results, host_);
  run.finish(name_, host_.threads());
  results.kernel_seconds = execution.kernel_seconds();
  results.warning = take_opening_failure();
  if (results.warning.empty()) results.warning = execution.warning();
}

}  // namespace anneal::align::gpu

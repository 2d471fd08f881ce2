// One call of CudaEngine::execute: chunks through queues, and what happens where a device fails.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "align/cuda/chunk_cuts.h"
#include "align/cuda/chunk_work.h"
#include "align/cuda/gpu_call.h"
#include "align/engine.h"
#include "device/cpu/queue.h"

namespace anneal::align::cuda {

/// What an execution needs of its engine.
struct EngineParts {
  std::span<const std::shared_ptr<Gpu>> gpus;
  device::cpu::Queue& host;
  const ChunkSizes& sizes;
  const HostLetters& host_letters;
  std::function<const Engine&()> cpu;             ///< does what no device can
  const DeviceLetters* device_letters = nullptr;  ///< as in Stage; then there is one device
};

/// Each thread of the host encodes a chunk while a device works on those before. A thread stays with its device, so
/// that a fast one gets more chunks than a slow one; where there are fewer threads than devices, it has several.
///
/// A chunk for which memory does not suffice is cut in two. What fails otherwise another device does, or else the CPU,
/// which also does the rest once CUDA is not usable.
class Execution {
 public:
  Execution(const EngineParts& parts, Run& run, CigarCollector* cigars);

  void run_all();
  /// Why pairs were not done where they should have been, once run_all() has returned; or nothing.
  const std::string& warning() const { return warning_; }
  /// In which kernels that fill matrices ran, once run_all() has returned: on the device where that was longest.
  double kernel_seconds() const;

 private:
  /// A chunk's ends are found, then its paths, while the next one is encoded.
  static constexpr std::size_t works_per_lane = 3;

  struct Work {
    Work(GpuCall& gpu, std::size_t first, std::size_t last)
        : loan(gpu), chunk(gpu.stage(), loan.queue(), first, last) {}

    GpuCall::Loan loan;
    ChunkWork chunk;
  };

  /// What a thread has on its way to one device.
  struct Lane {
    GpuCall* gpu = nullptr;
    std::vector<std::unique_ptr<Work>> works;  ///< oldest first
  };

  /// A thread of the host.
  struct Worker {
    std::vector<Lane> lanes;
    std::size_t turn = 0;
  };

  enum class Wait { no, yes };

  void set_up_gpus(std::size_t chunks);
  std::size_t chunks_at_a_time(std::size_t chunks) const;
  std::uint64_t cells_with_checkpoints() const;
  Worker& worker() { return workers_[static_cast<std::size_t>(parts_.host.slot())]; }
  Lane& next_lane(Worker& worker);
  bool attach(Lane& lane);
  GpuCall* least_used();
  bool is_ready(GpuCall& gpu);
  void begin(std::size_t first, std::size_t last);
  bool submit(std::size_t first, std::size_t last, Lane& lane);
  void advance_ready(Lane& lane);
  bool advance(Lane& lane, std::size_t place, Wait wait);
  bool advance(ChunkWork& work);
  void finish(Lane& lane);
  void finish(Worker& worker);
  void solve(std::size_t first, std::size_t last, GpuCall& gpu);
  bool solve(std::size_t first, std::size_t last, std::span<GpuCall* const> gpus);
  void work_through(std::size_t first, std::size_t last, GpuCall& gpu);
  void solve_on_cpu(std::size_t first, std::size_t last);
  void solve_on_cpu(const std::vector<std::size_t>& pairs);
  bool attempt(const std::function<void()>& work, bool* lacks_memory = nullptr);

  const EngineParts& parts_;
  Run& run_;
  CigarCollector* cigars_;
  LetterTable letters_;
  Encoder encoder_;
  CallParts common_;
  std::deque<GpuCall> gpus_;
  std::vector<Worker> workers_;  // their works end before the devices' calls do
  std::size_t lanes_ = 0;
  std::mutex mutex_;
  std::string warning_;
};

}  // namespace anneal::align::cuda

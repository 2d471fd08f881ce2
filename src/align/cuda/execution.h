// One call of CudaEngine::execute: chunks through queues, and what happens where the device fails.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "align/cuda/chunk_work.h"
#include "align/cuda/stage.h"
#include "align/engine.h"
#include "device/cpu/queue.h"

namespace anneal::align::cuda {

using Queues = std::vector<std::unique_ptr<device::cuda::Queue>>;

/// What an execution needs of its engine.
struct EngineParts {
  device::cuda::Device& device;
  device::BufferPool& memory;
  device::BufferPool& staging;
  device::cpu::Queue& host;
  const HostLetters& host_letters;
  std::function<const Engine&()> cpu;  ///< does what the device cannot
  /// Until there are Execution::queues_per_thread for each thread of the host.
  std::function<void(Queues&)> add_queues;
  const DeviceLetters* device_letters = nullptr;  ///< as in Stage
};

/// Each thread of the host encodes a chunk while the device works on those before. A chunk for which memory does not
/// suffice is cut in two; what fails otherwise is done on the CPU, and so is the rest once CUDA is not usable.
class Execution {
 public:
  /// A chunk's ends are found, then its paths, while the next one is encoded.
  static constexpr std::size_t queues_per_thread = 3;

  /// `queues` outlive it.
  Execution(const EngineParts& parts, Run& run, CigarCollector* cigars, Queues& queues);

  void run_all();
  /// Why pairs fell back, once run_all() has returned; or nothing.
  const std::string& warning() const { return warning_; }
  /// In which kernels that fill matrices ran, once run_all() has returned.
  double kernel_seconds() const { return clock_ ? clock_->seconds() : 0; }

 private:
  /// A thread of the host, with its queues that have no work.
  struct Lane {
    std::vector<device::cuda::Queue*> idle;
    std::deque<std::unique_ptr<ChunkWork>> works;  ///< oldest first
  };

  bool start_device();
  void begin(std::size_t first, std::size_t last);
  bool submit(std::size_t first, std::size_t last, Lane& lane);
  void advance_all(Lane& lane, std::size_t count);
  bool advance(Lane& lane, std::size_t place);
  void finish(Lane& lane);
  void solve(std::size_t first, std::size_t last, Lane& lane);
  void solve_on_cpu(std::size_t first, std::size_t last);
  void solve_on_cpu(const std::vector<std::size_t>& pairs);
  bool advance(ChunkWork& work);
  bool attempt(const std::function<void()>& work, bool* lacks_memory = nullptr);
  Lane& lane() { return lanes_[static_cast<std::size_t>(parts_.host.slot())]; }

  const EngineParts& parts_;
  Run& run_;
  CigarCollector* cigars_;
  LetterTable letters_;
  Encoder encoder_;
  std::optional<Scorings> scorings_;
  std::optional<DeviceClock> clock_;
  std::optional<Stage> stage_;
  std::vector<Lane> lanes_;
  Queues& queues_;
  std::mutex mutex_;
  std::string warning_;
};

}  // namespace anneal::align::cuda

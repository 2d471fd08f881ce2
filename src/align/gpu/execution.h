// One call of Engine::execute: chunks through queues, and what happens where a device fails.
#pragma once

#include <algorithm>
#include <atomic>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "align/engine.h"
#include "align/fallback.h"
#include "align/gpu/chunk_cuts.h"
#include "align/gpu/chunk_memory.h"
#include "align/gpu/chunk_work.h"
#include "align/gpu/gpu_call.h"
#include "device/cpu/queue.h"

namespace anneal::align::gpu {

/// What an execution needs of its engine.
template <class Platform>
struct EngineParts {
  std::span<const std::shared_ptr<typename Platform::Gpu>> gpus;
  device::cpu::Queue& host;
  const ChunkSizes& sizes;
  const HostLetters& host_letters;
  std::function<const Engine&()> cpu;  ///< does what no device can
  /// As in Stage; then there is one device.
  const typename Platform::DeviceLetters* device_letters = nullptr;
};

/// Each thread of the host encodes a chunk while a device works on those before. A thread stays with its device, so
/// that a fast one gets more chunks than a slow one; where there are fewer threads than devices, it has several.
///
/// A chunk for which memory does not suffice is cut in two. What fails otherwise another device does, or else the CPU,
/// which also does the rest once none is usable. `Platform` names the classes of a kind of GPU.
template <class Platform>
class Execution {
 public:
  using GpuCall = gpu::GpuCall<Platform>;
  using ChunkWork = gpu::ChunkWork<Platform>;
  using EngineParts = gpu::EngineParts<Platform>;

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

    typename GpuCall::Loan loan;
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

  static std::size_t divide_up(std::size_t a, std::size_t b) { return (a + b - 1) / b; }

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
  CallParts<Platform> common_;
  std::deque<GpuCall> gpus_;
  std::vector<Worker> workers_;  // their works end before the devices' calls do
  std::size_t lanes_ = 0;
  std::mutex mutex_;
  std::string warning_;
};

template <class Platform>
Execution<Platform>::Execution(const EngineParts& parts, Run& run, CigarCollector* cigars)
    : parts_(parts), run_(run), cigars_(cigars), letters_(run.options().matrix, run.batch().letters()),
      encoder_(run.options().matrix, run.batch().letters()), common_{.run = run,
                                                                     .host_letters = parts.host_letters,
                                                                     .letters = letters_,
                                                                     .encoder = encoder_,
                                                                     .device_letters = parts.device_letters},
      workers_(static_cast<std::size_t>(parts.host.threads())) {
  const std::size_t lanes_per_worker = divide_up(parts.gpus.size(), workers_.size());
  for (Worker& worker : workers_) worker.lanes.resize(lanes_per_worker);
  lanes_ = lanes_per_worker * workers_.size();
}

// Threads take chunks in their order, so that devices begin with the first ones, which are small.
template <class Platform>
void Execution<Platform>::run_all() {
  ChunkSizes sizes = parts_.sizes;
  const bool may_keep_checkpoints =
      Platform::keeps_checkpoints && run_.wants_path() && run_.options().mode == Mode::local && run_.options().band < 0;
  if (may_keep_checkpoints) sizes.most_cells = std::min(sizes.most_cells, cells_with_checkpoints());
  const std::vector<std::size_t> cuts = chunk_cuts(run_.batch(), sizes, static_cast<int>(lanes_));
  const std::size_t chunks = cuts.size() - 1;
  set_up_gpus(chunks);
  std::atomic<std::size_t> next = 0;
  parts_.host.parallel_for(std::min(workers_.size(), chunks), [&](std::size_t) {
    try {
      for (std::size_t n = next++; n < chunks && !run_.has_invalid_letter(); n = next++) begin(cuts[n], cuts[n + 1]);
    } catch (...) {
      next = chunks;
      throw;
    }
    finish(worker());
  });
}

template <class Platform>
void Execution<Platform>::set_up_gpus(std::size_t chunks) {
  for (const auto& gpu : parts_.gpus) gpus_.emplace_back(*gpu, common_, chunks_at_a_time(chunks));
}

// On one device.
template <class Platform>
std::size_t Execution<Platform>::chunks_at_a_time(std::size_t chunks) const {
  return divide_up(std::clamp<std::size_t>(chunks, 1, works_per_lane * lanes_), parts_.gpus.size());
}

// Of a chunk whose checkpoints have room on any device, about, however many chunks there are.
template <class Platform>
std::uint64_t Execution<Platform>::cells_with_checkpoints() const {
  std::uint64_t memory = std::numeric_limits<std::uint64_t>::max();
  for (const auto& gpu : parts_.gpus) memory = std::min(memory, gpu->memory().usage().limit);
  return checkpoint_memory_of(chunk_memory_of(memory, chunks_at_a_time(works_per_lane * lanes_))) *
         cells_per_checkpoint_byte;
}

template <class Platform>
double Execution<Platform>::kernel_seconds() const {
  double seconds = 0;
  for (const GpuCall& gpu : gpus_) seconds = std::max(seconds, gpu.kernel_seconds());
  return seconds;
}

// The one with the least to do; of several, they take turns.
template <class Platform>
typename Execution<Platform>::Lane& Execution<Platform>::next_lane(Worker& worker) {
  const std::size_t lanes = worker.lanes.size(), turn = worker.turn++;
  Lane* least = &worker.lanes[turn % lanes];
  for (Lane& lane : worker.lanes) {
    if (lane.works.size() < least->works.size()) least = &lane;
  }
  return *least;
}

// Stores what devices have done meanwhile of the chunks before, and submits what follows; then a chunk more.
template <class Platform>
void Execution<Platform>::begin(std::size_t first, std::size_t last) {
  if (cigars_ != nullptr) cigars_->clear(first, last);
  for (Lane& lane : worker().lanes) advance_ready(lane);
  Lane& lane = next_lane(worker());
  if (!attach(lane)) return solve_on_cpu(first, last);
  while (lane.works.size() >= works_per_lane) advance(lane, 0, Wait::yes);
  const bool works = submit(first, last, lane);
  advance_ready(lane);
  if (works) return;
  finish(lane);
  solve(first, last, *lane.gpu);
}

// Sees to it that the lane has a device that works. False where there is none.
template <class Platform>
bool Execution<Platform>::attach(Lane& lane) {
  if (lane.gpu != nullptr && lane.gpu->is_usable()) return true;
  finish(lane);
  while ((lane.gpu = least_used()) != nullptr) {
    if (is_ready(*lane.gpu)) return true;
  }
  return false;
}

template <class Platform>
typename Execution<Platform>::GpuCall* Execution<Platform>::least_used() {
  const std::scoped_lock lock(mutex_);
  GpuCall* least = nullptr;
  for (GpuCall& gpu : gpus_) {
    if (!gpu.is_given_up() && (least == nullptr || gpu.users() < least->users())) least = &gpu;
  }
  if (least != nullptr) least->join();
  return least;
}

template <class Platform>
bool Execution<Platform>::is_ready(GpuCall& gpu) {
  if (gpu.is_given_up()) return false;
  if (attempt([&] { gpu.start(); }) && gpu.is_usable()) return true;
  gpu.give_up();
  return false;
}

// False where the device failed.
template <class Platform>
bool Execution<Platform>::submit(std::size_t first, std::size_t last, Lane& lane) {
  std::unique_ptr<Work> work;
  bool is_valid = true;
  const bool works = attempt([&] {
    work = std::make_unique<Work>(*lane.gpu, first, last);
    is_valid = work->chunk.start();
  });
  if (works && is_valid) lane.works.push_back(std::move(work));
  return works;
}

template <class Platform>
void Execution<Platform>::advance_ready(Lane& lane) {
  for (std::size_t place = 0; place < lane.works.size();) {
    if (!advance(lane, place, Wait::no)) ++place;
  }
}

// Whether the work at this place is no more.
template <class Platform>
bool Execution<Platform>::advance(Lane& lane, std::size_t place, Wait wait) {
  ChunkWork& work = lane.works[place]->chunk;
  bool is_done = run_.has_invalid_letter();
  const bool works = is_done || attempt([&] { is_done = (wait == Wait::yes || work.is_ready()) && advance(work); });
  if (works && !is_done) return false;
  const std::size_t first = work.first(), last = work.last();
  lane.works.erase(lane.works.begin() + static_cast<std::ptrdiff_t>(place));  // its memory is what may be missing
  if (!works) solve(first, last, *lane.gpu);
  return true;
}

// Whether all is stored.
template <class Platform>
bool Execution<Platform>::advance(ChunkWork& work) {
  if (!work.advance(cigars_, parts_.host.slot())) return false;
  solve_on_cpu(work.left_out());
  run_.advance(work.last() - work.first());
  return true;
}

template <class Platform>
void Execution<Platform>::finish(Lane& lane) {
  while (!lane.works.empty()) {
    advance(lane, 0, Wait::yes);
    advance_ready(lane);
  }
}

// Its devices work at the same time.
template <class Platform>
void Execution<Platform>::finish(Worker& worker) {
  for (Lane& waiting : worker.lanes) {
    while (!waiting.works.empty()) {
      advance(waiting, 0, Wait::yes);
      for (Lane& lane : worker.lanes) advance_ready(lane);
    }
  }
}

// By this device, or else by the next one that can. What else the thread has on its way stays there, and keeps its
// memory.
template <class Platform>
void Execution<Platform>::solve(std::size_t first, std::size_t last, GpuCall& gpu) {
  std::vector<GpuCall*> gpus(gpus_.size());
  std::ranges::transform(gpus_, gpus.begin(), [](GpuCall& each) { return &each; });
  std::ranges::rotate(gpus, std::ranges::find(gpus, &gpu));
  solve(first, last, gpus);
}

// Whether it was not left to the CPU.
template <class Platform>
bool Execution<Platform>::solve(std::size_t first, std::size_t last, std::span<GpuCall* const> gpus) {
  if (run_.has_invalid_letter()) return true;
  if (gpus.empty()) {
    solve_on_cpu(first, last);
    return false;
  }
  GpuCall& gpu = *gpus.front();
  bool lacks_memory = false;
  if (is_ready(gpu) && attempt([&] { work_through(first, last, gpu); }, &lacks_memory)) return true;
  if (lacks_memory && last - first > 1) {
    const std::size_t middle = first + (last - first) / 2;
    const bool one = solve(first, middle, gpus), other = solve(middle, last, gpus);
    return one && other;
  }
  const bool was_possible = solve(first, last, gpus.subspan(1));
  if (was_possible || !lacks_memory) gpu.note_failure();
  return was_possible;
}

// Waits for each step.
template <class Platform>
void Execution<Platform>::work_through(std::size_t first, std::size_t last, GpuCall& gpu) {
  Work work(gpu, first, last);
  if (!work.chunk.start()) return;
  while (!advance(work.chunk)) {
  }
}

template <class Platform>
void Execution<Platform>::solve_on_cpu(std::size_t first, std::size_t last) {
  std::vector<std::size_t> pairs(last - first);
  std::iota(pairs.begin(), pairs.end(), first);
  solve_on_cpu(pairs);
  run_.advance(last - first);
}

template <class Platform>
void Execution<Platform>::solve_on_cpu(const std::vector<std::size_t>& pairs) {
  if (!pairs.empty()) solve_by(parts_.cpu(), run_, pairs, cigars_, parts_.host.slot());
}

// Whether the device did its part. Errors that are not the device's pass through.
template <class Platform>
bool Execution<Platform>::attempt(const std::function<void()>& work, bool* lacks_memory) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    const bool is_memory = error.code() == ErrorCode::out_of_memory;
    if (!is_memory && error.code() != ErrorCode::device_failed) throw;
    if (lacks_memory != nullptr) *lacks_memory = is_memory;
    const std::scoped_lock lock(mutex_);
    if (warning_.empty()) warning_ = error.what();
    return false;
  }
}

}  // namespace anneal::align::gpu

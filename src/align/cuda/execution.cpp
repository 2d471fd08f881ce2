#include "align/cuda/execution.h"

#include <numeric>

#include "align/fallback.h"
#include "device/cuda/queue.h"

namespace anneal::align::cuda {

Execution::Execution(const EngineParts& parts, Run& run, CigarCollector* cigars, Queues& queues)
    : parts_(parts), run_(run), cigars_(cigars), letters_(run.options().matrix, run.batch().letters()),
      encoder_(run.options().matrix, run.batch().letters()), lanes_(static_cast<std::size_t>(parts.host.threads())),
      queues_(queues) {}

void Execution::run_all() {
  const std::vector<std::size_t> cuts = Chunk::cuts(run_.batch(), parts_.host.threads());
  const bool has_device = start_device();
  parts_.host.parallel_for(cuts.size() - 1, [&](std::size_t n) {
    if (run_.has_invalid_letter()) return;
    if (cigars_ != nullptr) cigars_->clear(cuts[n], cuts[n + 1]);
    if (has_device) {
      begin(cuts[n], cuts[n + 1]);
    } else {
      solve_on_cpu(cuts[n], cuts[n + 1]);
    }
  });
  parts_.host.parallel_for(lanes_.size(), [&](std::size_t n) { finish(lanes_[n]); });
}

bool Execution::start_device() {
  return attempt([&] {
    parts_.add_queues(queues_);
    for (std::size_t k = 0; k < lanes_.size() * queues_per_thread; ++k) {
      lanes_[k / queues_per_thread].idle.push_back(queues_[k].get());
    }
    scorings_.emplace(run_.options(), parts_.memory, *queues_.front());
    clock_.emplace(*queues_.front());
    queues_.front()->synchronize();
    const std::uint64_t share = parts_.memory.usage().limit / (2 * queues_per_thread * lanes_.size());
    stage_.emplace(run_, parts_.device, parts_.memory, parts_.staging, parts_.host_letters, letters_, encoder_,
                   *scorings_, *clock_, share, parts_.device_letters);
  });
}

// Submits a chunk, then stores what the device has done meanwhile of those before, and submits what follows.
void Execution::begin(std::size_t first, std::size_t last) {
  Lane& lane = this->lane();
  while (lane.idle.empty()) advance_all(lane, 1);
  const std::size_t before = lane.works.size();
  const bool works = submit(first, last, lane);
  advance_all(lane, before);
  if (works) return;
  finish(lane);
  solve(first, last, lane);
}

// False where the device failed.
bool Execution::submit(std::size_t first, std::size_t last, Lane& lane) {
  std::unique_ptr<ChunkWork> work;
  bool is_valid = true;
  const bool works = attempt([&] {
    work = std::make_unique<ChunkWork>(*stage_, *lane.idle.back(), first, last);
    is_valid = work->start();
  });
  if (!works || !is_valid) return works;
  lane.idle.pop_back();
  lane.works.push_back(std::move(work));
  return true;
}

// The oldest `count` works, one step each.
void Execution::advance_all(Lane& lane, std::size_t count) {
  for (std::size_t place = 0; count > 0; --count) {
    if (!advance(lane, place)) ++place;
  }
}

// Whether the work at this place is no more.
bool Execution::advance(Lane& lane, std::size_t place) {
  ChunkWork& work = *lane.works[place];
  bool is_done = run_.has_invalid_letter();
  const bool works = is_done || attempt([&] { is_done = advance(work); });
  if (works && !is_done) return false;
  const std::size_t first = work.first(), last = work.last();
  lane.idle.push_back(&work.queue());
  lane.works.erase(lane.works.begin() + static_cast<std::ptrdiff_t>(place));  // its memory is what may be missing
  if (!works) solve(first, last, lane);
  return true;
}

void Execution::finish(Lane& lane) {
  while (!lane.works.empty()) advance_all(lane, lane.works.size());
}

// Whether all is stored.
bool Execution::advance(ChunkWork& work) {
  if (!work.advance(cigars_, parts_.host.slot())) return false;
  solve_on_cpu(work.left_out());
  run_.advance(work.last() - work.first());
  return true;
}

// Waits for each step. What else the thread has on its way stays there, and keeps its memory.
void Execution::solve(std::size_t first, std::size_t last, Lane& lane) {
  if (run_.has_invalid_letter()) return;
  bool lacks_memory = false;
  const auto work_through = [&] {
    ChunkWork work(*stage_, *lane.idle.back(), first, last);
    if (!work.start()) return;
    while (!advance(work)) {
    }
  };
  const bool works = !parts_.device.runtime().is_poisoned() && attempt(work_through, &lacks_memory);
  if (works) return;
  if (!lacks_memory || last - first == 1) return solve_on_cpu(first, last);
  const std::size_t middle = first + (last - first) / 2;
  solve(first, middle, lane);
  solve(middle, last, lane);
}

void Execution::solve_on_cpu(std::size_t first, std::size_t last) {
  std::vector<std::size_t> pairs(last - first);
  std::iota(pairs.begin(), pairs.end(), first);
  solve_on_cpu(pairs);
  run_.advance(last - first);
}

void Execution::solve_on_cpu(const std::vector<std::size_t>& pairs) {
  if (!pairs.empty()) solve_by(parts_.cpu(), run_, pairs, cigars_, parts_.host.slot());
}

// Whether the device did its part. Errors that are not the device's pass through.
bool Execution::attempt(const std::function<void()>& work, bool* lacks_memory) {
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

}  // namespace anneal::align::cuda

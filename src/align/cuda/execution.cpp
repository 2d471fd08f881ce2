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
    for (std::size_t k = 0; k < lanes_.size(); ++k) {
      lanes_[k].queues[0] = queues_[2 * k].get();
      lanes_[k].queues[1] = queues_[2 * k + 1].get();
    }
    scorings_.emplace(run_.options(), parts_.memory, *queues_.front());
    clock_.emplace(*queues_.front());
    queues_.front()->synchronize();
    const std::uint64_t share = parts_.memory.usage().limit / (4 * lanes_.size());
    stage_.emplace(run_, parts_.device, parts_.memory, parts_.staging, parts_.host_letters, letters_, encoder_,
                   *scorings_, *clock_, share);
  });
}

// Submits a chunk, then finishes the one before it on this thread, on which the device worked meanwhile.
void Execution::begin(std::size_t first, std::size_t last) {
  Lane& lane = this->lane();
  std::unique_ptr<ChunkWork> work;
  bool is_valid = true;
  const bool works = attempt([&] {
    std::swap(lane.queues[0], lane.queues[1]);
    work = std::make_unique<ChunkWork>(*stage_, *lane.queues[0], first, last);
    is_valid = work->start();
  });
  if (!works || !is_valid) work.reset();
  finish(lane);
  if (!works) {
    solve(first, last, lane);
  } else {
    lane.work = std::move(work);
  }
}

void Execution::finish(Lane& lane) {
  std::unique_ptr<ChunkWork> work = std::move(lane.work);
  if (!work || run_.has_invalid_letter()) return;
  if (attempt([&] { store(*work); })) return;
  const std::size_t first = work->first(), last = work->last();
  work.reset();  // its memory is what may be missing
  solve(first, last, lane);
}

void Execution::store(ChunkWork& work) {
  solve_on_cpu(work.finish(cigars_, parts_.host.slot()));
  run_.advance(work.last() - work.first());
}

// With nothing else on its way on this thread.
void Execution::solve(std::size_t first, std::size_t last, Lane& lane) {
  if (run_.has_invalid_letter()) return;
  bool lacks_memory = false;
  const bool works =
      !parts_.device.runtime().is_poisoned() && attempt(
                                                    [&] {
                                                      ChunkWork work(*stage_, *lane.queues[0], first, last);
                                                      if (work.start()) store(work);
                                                    },
                                                    &lacks_memory);
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

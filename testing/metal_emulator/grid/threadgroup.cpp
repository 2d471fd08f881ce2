#include "grid/threadgroup.h"

#include <algorithm>

#include "check/checker.h"

namespace metal_emulator {
namespace {

constexpr unsigned first_argument_region = 1u << 31;  // numbers below are those of a kernel's variables

thread_local Threadgroup* running = nullptr;

std::size_t volume(Extent extent) { return std::size_t{extent.x} * extent.y * extent.z; }

Extent position(std::uint64_t index, Extent extent) {
  return {static_cast<std::uint32_t>(index % extent.x), static_cast<std::uint32_t>(index / extent.x % extent.y),
          static_cast<std::uint32_t>(index / extent.x / extent.y)};
}

}  // namespace

Threadgroup::Threadgroup(const Dispatch& dispatch, Extent groups, const Settings& settings, Checker* checker)
    : dispatch_(dispatch), groups_(groups), settings_(settings), checker_(checker), fibers_(volume(dispatch.group)),
      lanes_(volume(dispatch.group)), simdgroups_((lanes_.size() + simd_width - 1) / simd_width),
      memory_(dispatch.max_threadgroup_memory) {
  for (std::size_t k = 0; k < lanes_.size(); ++k) lanes_[k].fiber = &fibers_[k];
  std::transform(dispatch.buffers.begin(), dispatch.buffers.end(), buffers_.begin(),
                 [](const BoundMemory& bound) { return bound.address; });
}

Threadgroup& Threadgroup::current() { return *running; }

const std::string& Threadgroup::run(std::uint64_t index) {
  running = this;
  prepare(index);
  if (failure_.empty()) run_simdgroups();
  running = nullptr;
  return failure_;
}

void Threadgroup::prepare(std::uint64_t index) {
  const Extent at = position(index, groups_);
  const Extent& group = dispatch_.group;
  const auto size = [](std::uint32_t threads, std::uint32_t start, std::uint32_t most) {
    return std::min(most, threads - start);
  };
  const Extent first{at.x * group.x, at.y * group.y, at.z * group.z};
  const Extent sizes{size(dispatch_.threads.x, first.x, group.x), size(dispatch_.threads.y, first.y, group.y),
                     size(dispatch_.threads.z, first.z, group.z)};
  random_.seed(static_cast<std::uint32_t>(settings_.seed + index));
  threads_ = static_cast<std::uint32_t>(volume(sizes));
  simdgroup_count_ = (threads_ + simd_width - 1) / simd_width;
  if (checker_ != nullptr) checker_->begin_threadgroup();
  prepare_memory();

  ThreadInputs common{};
  common.position_in_grid = first;
  common.threadgroup_position = at;
  common.threadgroup_size = sizes;
  common.grid_threads = dispatch_.threads;
  common.grid_threadgroups = groups_;
  common.dispatched_size = group;
  common.simdgroups = simdgroup_count_;
  common.buffers = buffers_.data();
  common.threadgroup_memory = threadgroup_arguments_.data();
  for (std::uint32_t number = 0; number < threads_; ++number) prepare_lane(number, common);
  for (unsigned k = 0; k < simdgroup_count_; ++k) {
    const std::size_t begin = std::size_t{k} * simd_width;
    simdgroups_[k].start(std::span(lanes_).subspan(begin, std::min<std::size_t>(simd_width, threads_ - begin)));
  }
}

void Threadgroup::prepare_lane(std::uint32_t number, const ThreadInputs& common) {
  Lane& lane = lanes_[number];
  lane.state = LaneState::ready;
  lane.exchanges = 0;
  ThreadInputs& inputs = lane.inputs;
  inputs = common;
  const Extent at = position(number, common.threadgroup_size);
  inputs.position_in_threadgroup = at;
  inputs.position_in_grid = {common.position_in_grid.x + at.x, common.position_in_grid.y + at.y,
                             common.position_in_grid.z + at.z};
  inputs.index_in_threadgroup = number;
  inputs.lane = number % simd_width;
  inputs.simdgroup = number / simd_width;
  lane.fiber->restart(run_lane, &lane);
}

void Threadgroup::prepare_memory() {
  memory_.clear();
  for (unsigned index = 0; index < most_bindings; ++index) {
    const std::uint32_t bytes = dispatch_.threadgroup_lengths[index];
    if (bytes == 0) continue;
    threadgroup_arguments_[index] = memory_.region(first_argument_region + index, bytes, 16);
    if (threadgroup_arguments_[index] == nullptr) set_failure(memory_.complaint());
  }
}

void Threadgroup::run_lane(void* lane) {
  Lane& self = *static_cast<Lane*>(lane);
  running->dispatch_.kernel->entry(&self.inputs);
  self.state = LaneState::done;
}

void Threadgroup::run_simdgroups() {
  const auto resume = [this](Lane& lane) {
    lane_ = &lane;
    lane.fiber->resume();
    return !failure_.empty();
  };
  do {
    for (unsigned next = next_simdgroup(); next < simdgroup_count_; next = next_simdgroup()) {
      const std::string wrong = simdgroups_[next].step(settings_.order, random_, checker_, resume);
      if (!wrong.empty()) set_failure(wrong);
      if (!failure_.empty()) return;
    }
  } while (pass_barrier());
}

unsigned Threadgroup::next_simdgroup() {
  const auto can_run = [this](unsigned k) { return !simdgroups_[k].is_blocked(); };
  if (settings_.order == Order::random) {
    const auto first = static_cast<unsigned>(random_() % simdgroup_count_);
    for (unsigned k = 0; k < simdgroup_count_; ++k) {
      if (can_run((first + k) % simdgroup_count_)) return (first + k) % simdgroup_count_;
    }
    return simdgroup_count_;
  }
  for (unsigned k = 0; k < simdgroup_count_; ++k) {
    const unsigned number = settings_.order == Order::reverse ? simdgroup_count_ - 1 - k : k;
    if (can_run(number)) return number;
  }
  return simdgroup_count_;
}

bool Threadgroup::pass_barrier() {
  const Lane* waiting = nullptr;
  bool is_left_by_some = false;
  for (const Lane& lane : std::span(lanes_).first(threads_)) {
    if (lane.state == LaneState::done) {
      is_left_by_some = true;
    } else if (waiting == nullptr) {
      waiting = &lane;
    } else if (!lane.is_where(*waiting)) {
      set_failure(text_of(lane.place) + ": threads of a threadgroup wait at different barriers, others at " +
                  text_of(waiting->place));
      return false;
    }
  }
  if (waiting == nullptr) return false;
  if (is_left_by_some) {
    set_failure(text_of(waiting->place) + ": a threadgroup_barrier is not reached by all threads of the threadgroup");
    return false;
  }
  if (checker_ != nullptr) checker_->threadgroup_barrier(waiting->operation);
  for (unsigned k = 0; k < simdgroup_count_; ++k) simdgroups_[k].unblock();
  return true;
}

void Threadgroup::set_failure(const std::string& text) {
  if (failure_.empty()) failure_ = std::string(dispatch_.kernel->name) + ": " + text;
}

}  // namespace metal_emulator

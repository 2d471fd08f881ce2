// Runs that share a device, each in a queue, so that one fills the processors that another leaves idle at its ends.
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "device/cuda/queue.h"
#include "search/cuda/strip_runner.h"

namespace anneal::search::cuda {

/// Keeps a few launches ahead of the device.
class SideBySide {
 public:
  using MakeRunner = std::function<std::unique_ptr<StripRunner>()>;

  explicit SideBySide(const std::vector<std::unique_ptr<device::cuda::Queue>>& queues) {
    for (const auto& queue : queues) lanes_.push_back({queue.get()});
  }

  /// One after the other. `make` is called when its turn comes, as memory may not suffice for all.
  void add(std::size_t queue, MakeRunner make) { lanes_[queue].waiting.push_back(std::move(make)); }

  /// Returns when all launches have been put into their queues. `check` is called again and again, and may throw.
  template <class Check>
  void run(const Check& check) {
    for (bool has_more = true; has_more;) {
      bool has_launched = false;
      has_more = false;
      for (Lane& lane : lanes_) {
        has_launched = lane.advance() || has_launched;
        has_more = has_more || !lane.is_done();
      }
      check();
      if (has_launched) last_launch_ = std::chrono::steady_clock::now();
      if (has_more && !has_launched) wait_for_any();
    }
  }
  /// Waits for the queues.
  void finish() {
    for (Lane& lane : lanes_) {
      wait_awake(*lane.queue);
      lane.queue->synchronize();
      lane.runner.reset();
    }
  }

 private:
  struct Lane {
    device::cuda::Queue* queue;
    std::deque<MakeRunner> waiting = {};
    std::unique_ptr<StripRunner> runner = nullptr;
    std::deque<std::shared_ptr<const device::Event>> launched = {};

    bool is_done() const { return waiting.empty() && is_idle(); }
    bool is_idle() const { return runner == nullptr || runner->is_done(); }
    bool advance() {
      constexpr std::size_t most_ahead = 6;
      while (!launched.empty() && launched.front()->is_done()) launched.pop_front();
      if (is_done() || launched.size() >= most_ahead) return false;
      if (is_idle()) return begin_next();
      runner->launch_next(*queue);
      launched.push_back(queue->record());
      return true;
    }
    // The next one's memory is that of the one before.
    bool begin_next() {
      if (!launched.empty()) return false;
      runner.reset();
      runner = waiting.front()();
      waiting.pop_front();
      return true;
    }
  };

  // A device that hangs is found by an event's own deadline.
  void wait_for_any() {
    constexpr std::chrono::seconds patience{10};
    const auto is_busy = [](const Lane& lane) { return !lane.launched.empty(); };
    const auto lane = std::ranges::find_if(lanes_, is_busy);
    if (lane == lanes_.end()) return;
    if (std::chrono::steady_clock::now() - last_launch_ < patience) {
      event_of(lane->launched.front()).wait_for(nap);
    } else {
      lane->launched.front()->wait();
    }
  }

  // Short searches are not to end a long nap late.
  static void wait_awake(device::cuda::Queue& queue) {
    constexpr int naps = 1000;
    const std::shared_ptr<const device::Event> event = queue.record();
    for (int k = 0; k < naps; ++k) {
      if (event_of(event).wait_for(nap)) return;
    }
  }
  static const device::cuda::Event& event_of(const std::shared_ptr<const device::Event>& event) {
    return static_cast<const device::cuda::Event&>(*event);
  }

  static constexpr std::chrono::microseconds nap{50};

  std::chrono::steady_clock::time_point last_launch_ = std::chrono::steady_clock::now();
  std::deque<Lane> lanes_;
};

}  // namespace anneal::search::cuda

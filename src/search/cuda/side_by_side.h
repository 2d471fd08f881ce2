// Runs that share a device, each in a queue, so that one fills the processors that another leaves idle at its ends.
#pragma once

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

  /// Returns when all have been put into their queues, but for the last ones' end. `wait` is called again and again,
  /// and may throw.
  template <class Wait>
  void run(const Wait& wait) {
    for (bool has_more = true; has_more;) {
      bool has_launched = false;
      has_more = false;
      for (Lane& lane : lanes_) {
        has_launched = lane.advance() || has_launched;
        has_more = has_more || !lane.is_done();
      }
      wait();
      if (has_more && !has_launched) wait_for_any();
    }
  }
  /// Waits for the queues.
  void finish() {
    for (Lane& lane : lanes_) {
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

  void wait_for_any() const {
    for (const Lane& lane : lanes_) {
      if (lane.launched.empty()) continue;
      static_cast<const device::cuda::Event&>(*lane.launched.front()).wait_for(std::chrono::microseconds(50));
      return;
    }
  }

  std::deque<Lane> lanes_;
};

}  // namespace anneal::search::cuda

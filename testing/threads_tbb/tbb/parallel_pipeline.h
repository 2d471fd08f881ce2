#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>
#include <vector>

#include "tbb/team.h"

namespace tbb {

enum class filter_mode { parallel, serial_in_order };

class flow_control {
 public:
  void stop() { stopped_ = true; }
  bool is_stopped() const { return stopped_; }

 private:
  bool stopped_ = false;
};

namespace team {

/// Items as they pass between stages; a stage that yields nothing passes an empty one on.
using Item = std::shared_ptr<void>;

struct Stage {
  filter_mode mode;
  std::function<Item(Item, flow_control&)> body;
};

template <typename Input, typename Output, typename Body>
Item apply(const Body& body, const Item& item, flow_control& control) {
  const auto call = [&]() -> decltype(auto) {
    if constexpr (!std::is_void_v<Input>) {
      return body(std::move(*static_cast<Input*>(item.get())));
    } else {
      return body(control);
    }
  };
  if constexpr (std::is_void_v<Output>) {
    call();
    return {};
  } else {
    return std::make_shared<Output>(call());
  }
}

/// Lets items through one at a time, in the order of their tickets.
class Gate {
 public:
  template <typename Function>
  void pass(std::uint64_t ticket, const Function& function) {
    {
      std::unique_lock lock(mutex_);
      moved_.wait(lock, [&] { return next_ == ticket; });
    }
    function();
    const std::lock_guard lock(mutex_);
    ++next_;
    moved_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable moved_;
  std::uint64_t next_ = 0;
};

/// Each thread takes one item at a time through all stages. After a failure the items still pass every gate, untouched.
class Pipeline {
 public:
  explicit Pipeline(const std::vector<Stage>& stages) : stages_(stages), gates_(stages.size()) {}

  void run(std::size_t tokens) {
    gather(tokens, [&] {
      while (!finished_) pass_one();
    });
    failure_.rethrow();
  }

 private:
  void pass_one() {
    std::uint64_t ticket = 0;
    Item item;
    {
      const std::lock_guard lock(input_);
      if (finished_) return;
      attempt([&] { item = stages_.front().body({}, control_); });
      if (control_.is_stopped()) finished_ = true;
      if (finished_) return;
      ticket = tickets_++;
    }
    for (std::size_t i = 1; i < stages_.size(); ++i) {
      const auto step = [&] { attempt([&] { item = stages_[i].body(std::move(item), control_); }); };
      if (stages_[i].mode == filter_mode::parallel) {
        step();
      } else {
        gates_[i].pass(ticket, step);
      }
    }
  }

  template <typename Function>
  void attempt(const Function& function) {
    if (failed_) return;
    try {
      function();
    } catch (...) {
      failure_.keep();
      failed_ = true;
      finished_ = true;
    }
  }

  const std::vector<Stage>& stages_;
  std::vector<Gate> gates_;
  std::mutex input_;
  flow_control control_;
  std::uint64_t tickets_ = 0;
  std::atomic<bool> finished_{false};
  std::atomic<bool> failed_{false};
  Failure failure_;
};

}  // namespace team

template <typename Input, typename Output>
class filter {
 public:
  explicit filter(std::vector<team::Stage> stages) : stages_(std::move(stages)) {}
  const std::vector<team::Stage>& stages() const { return stages_; }

  template <typename Next>
  filter<Input, Next> operator&(const filter<Output, Next>& next) const {
    std::vector<team::Stage> all = stages_;
    all.insert(all.end(), next.stages().begin(), next.stages().end());
    return filter<Input, Next>(std::move(all));
  }

 private:
  std::vector<team::Stage> stages_;
};

template <typename Input, typename Output, typename Body>
filter<Input, Output> make_filter(filter_mode mode, const Body& body) {
  return filter<Input, Output>({{mode, [body](const team::Item& item, flow_control& control) {
                                   return team::apply<Input, Output>(body, item, control);
                                 }}});
}

inline void parallel_pipeline(std::size_t tokens, const filter<void, void>& filters) {
  team::Pipeline(filters.stages()).run(tokens);
}

}  // namespace tbb

#pragma once

#include <deque>
#include <mutex>
#include <utility>

namespace tbb {

template <typename Value>
class concurrent_queue {
 public:
  void push(Value value) {
    const std::lock_guard lock(mutex_);
    values_.push_back(std::move(value));
  }
  bool try_pop(Value& value) {
    const std::lock_guard lock(mutex_);
    if (values_.empty()) return false;
    value = std::move(values_.front());
    values_.pop_front();
    return true;
  }

 private:
  std::mutex mutex_;
  std::deque<Value> values_;
};

}  // namespace tbb

#pragma once

#include <utility>

#include "tbb/team.h"

namespace tbb {

class task_arena {
 public:
  static constexpr int automatic = -1;

  explicit task_arena(int concurrency = automatic) : slots_(concurrency > 0 ? concurrency : team::hardware_threads()) {}
  int max_concurrency() const { return slots_.count(); }

  template <typename Function>
  decltype(auto) execute(Function&& function) {
    return team::enter(slots_, function);
  }

 private:
  team::Slots slots_;
};

namespace this_task_arena {

inline int max_concurrency() {
  return team::here().arena != nullptr ? team::here().arena->count() : team::hardware_threads();
}
inline int current_thread_index() { return team::here().slot; }

template <typename Function>
decltype(auto) isolate(Function&& function) {
  return std::forward<Function>(function)();
}

}  // namespace this_task_arena
}  // namespace tbb

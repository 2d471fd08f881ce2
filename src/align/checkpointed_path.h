// Traces a path within a memory budget: where the whole trace does not fit, the fill is redone section by section from
// saved states, last section first. Sections that are still too large are divided again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "align/traceback.h"

namespace anneal::align {

/// `Fill` computes the dynamic programme in steps (rows, or antidiagonals) that depend only on a State:
///   initial_state(), steps(), step_of(i, j), state_bytes(), trace_bytes(first, last),
///   advance(state, first, last), advance_traced(state, first, last), bits(i, j), limit(i, j);
/// and follow(walk), if it can take several steps at once, but none out of the section.
template <class Fill>
class CheckpointedPath {
 public:
  /// `budget` in bytes. Below a few states it is exceeded: that is the least this method needs.
  CheckpointedPath(Fill& fill, Traceback& walk, std::uint64_t budget) : fill_(fill), walk_(walk), budget_(budget) {}

  void run() {
    if (walk_.done()) return;
    auto state = fill_.initial_state();
    trace(std::move(state), 0, fill_.step_of(walk_.i(), walk_.j()), budget_);
  }

 private:
  using State = decltype(std::declval<Fill&>().initial_state());

  bool reached(std::int64_t step) const { return walk_.done() || fill_.step_of(walk_.i(), walk_.j()) <= step; }

  void trace(State state, std::int64_t first, std::int64_t last, std::uint64_t budget) {
    fill_.limit(walk_.i(), walk_.j());
    if (last - first == 1 || fill_.trace_bytes(first, last) <= budget / 2) {
      fill_.advance_traced(state, first, last);
      while (!reached(first)) take_steps();
      return;
    }
    divide(std::move(state), first, last, budget);
  }

  void take_steps() {
    if constexpr (requires { fill_.follow(walk_); }) {
      fill_.follow(walk_);
    } else {
      walk_.step(fill_.bits(walk_.i(), walk_.j()));
    }
  }

  void divide(State state, std::int64_t first, std::int64_t last, std::uint64_t budget) {
    const std::int64_t sections = section_count(first, last, budget);
    const std::int64_t length = (last - first + sections - 1) / sections;
    std::vector<State> states;
    for (std::int64_t begin = first; begin + length < last; begin += length) {
      states.push_back(state);
      fill_.advance(state, begin, begin + length);
    }
    states.push_back(std::move(state));
    const std::uint64_t kept = states.size() * fill_.state_bytes();
    const std::uint64_t rest = std::max(budget - std::min(budget, kept), budget / 2);
    while (!states.empty() && !walk_.done()) {
      const std::int64_t begin = first + static_cast<std::int64_t>(states.size() - 1) * length;
      const std::int64_t end = std::min(begin + length, fill_.step_of(walk_.i(), walk_.j()));
      State section = std::move(states.back());
      states.pop_back();
      if (end > begin) trace(std::move(section), begin, end, rest);
    }
  }

  // Enough sections for each one's trace to fit, or as many as half of the budget can hold the states of.
  std::int64_t section_count(std::int64_t first, std::int64_t last, std::uint64_t budget) const {
    const std::uint64_t room = std::max<std::uint64_t>(budget / 4, 1);
    const std::uint64_t wanted = fill_.trace_bytes(first, last) / room + 1;
    const std::uint64_t affordable = budget / 2 / fill_.state_bytes();
    const std::uint64_t sections = std::max<std::uint64_t>(std::min(wanted, affordable), 2);
    return static_cast<std::int64_t>(std::min<std::uint64_t>(sections, static_cast<std::uint64_t>(last - first)));
  }

  Fill& fill_;
  Traceback& walk_;
  std::uint64_t budget_;
};

}  // namespace anneal::align

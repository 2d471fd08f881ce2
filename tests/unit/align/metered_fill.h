// A fill for CheckpointedPath that measures how much memory the method holds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>

#include "align/traceback.h"

namespace anneal::test {

struct FillMemory {
  std::int64_t states = 0;          ///< alive now
  std::uint64_t peak = 0;           ///< bytes of states and trace at the worst moment
  std::uint64_t largest_trace = 0;  ///< bytes of the largest section of more than one step
  std::int64_t steps = 0;           ///< computed, with and without trace
};

template <class Inner>
class MeteredState {
 public:
  MeteredState(Inner state, FillMemory& memory) : inner(std::move(state)), memory_(&memory) { ++memory_->states; }
  MeteredState(const MeteredState& other) : MeteredState(other.inner, *other.memory_) {}
  MeteredState(MeteredState&& other) noexcept
      : inner(std::move(other.inner)), memory_(std::exchange(other.memory_, nullptr)) {}
  MeteredState& operator=(const MeteredState&) = delete;
  ~MeteredState() {
    if (memory_ != nullptr) --memory_->states;
  }

  Inner inner;

 private:
  FillMemory* memory_;
};

template <class Fill>
class MeteredFill {
 public:
  using State = MeteredState<decltype(std::declval<Fill&>().initial_state())>;

  explicit MeteredFill(Fill& fill) : fill_(fill) {}

  State initial_state() { return {fill_.initial_state(), memory_}; }
  std::int64_t steps() const { return fill_.steps(); }
  std::int64_t step_of(std::int64_t i, std::int64_t j) const { return fill_.step_of(i, j); }
  std::uint64_t state_bytes() const { return fill_.state_bytes(); }
  std::uint64_t trace_bytes(std::int64_t first, std::int64_t last) const { return fill_.trace_bytes(first, last); }
  void limit(std::int64_t i, std::int64_t j) { fill_.limit(i, j); }
  void follow(align::Traceback& walk)
    requires requires(Fill& fill) { fill.follow(walk); }
  {
    fill_.follow(walk);
  }
  std::uint8_t bits(std::int64_t i, std::int64_t j) { return fill_.bits(i, j); }

  void advance(State& state, std::int64_t first, std::int64_t last) {
    count(first, last, 0);
    fill_.advance(state.inner, first, last);
  }
  void advance_traced(State& state, std::int64_t first, std::int64_t last) {
    const std::uint64_t trace = trace_bytes(first, last);
    if (last - first > 1) memory_.largest_trace = std::max(memory_.largest_trace, trace);
    count(first, last, trace);
    fill_.advance_traced(state.inner, first, last);
  }

  const FillMemory& memory() const { return memory_; }

 private:
  void count(std::int64_t first, std::int64_t last, std::uint64_t trace) {
    memory_.steps += last - first;
    memory_.peak = std::max(memory_.peak, static_cast<std::uint64_t>(memory_.states) * state_bytes() + trace);
  }

  Fill& fill_;
  FillMemory memory_;
};

}  // namespace anneal::test

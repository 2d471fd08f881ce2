// 32 lanes, or fewer in the last simdgroup of a threadgroup, that exchange values.
#pragma once

#include <random>
#include <span>
#include <string>

#include "grid/lane.h"
#include "include/metal_emulator.h"

namespace metal_emulator {

class Checker;

class Simdgroup {
 public:
  /// Forgets what was.
  void start(std::span<Lane> lanes) {
    lanes_ = lanes;
    is_blocked_ = false;
  }

  /// Whether no lane can go on before the whole threadgroup does.
  bool is_blocked() const { return is_blocked_; }
  void unblock();

  /// Lets each lane go to where it waits next, and those that wait for each other go on. `resume(lane)` says whether
  /// the kernel failed. What it did wrong, or nothing.
  template <class Resume>
  std::string step(Order order, std::mt19937& random, Checker* checker, Resume resume) {
    for (unsigned k = 0; k < lanes_.size(); ++k) {
      Lane& lane = lanes_[lane_number(k, order, random)];
      if (lane.state != LaneState::ready) continue;
      if (resume(lane)) return "";
    }
    return meet(checker);
  }

  /// Where a lane leaves its value for the others, who read it before the exchange after the next.
  Exchange& exchange_of(const Lane& lane) { return exchanges_[lane.exchanges % 2]; }

 private:
  unsigned lane_number(unsigned k, Order order, std::mt19937& random);
  std::string meet(Checker* checker);

  std::span<Lane> lanes_;
  Exchange exchanges_[2];
  unsigned char shuffled_[simd_width];
  bool is_blocked_ = false;
};

}  // namespace metal_emulator

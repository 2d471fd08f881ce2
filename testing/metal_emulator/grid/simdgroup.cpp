#include "grid/simdgroup.h"

#include <algorithm>
#include <numeric>

#include "check/checker.h"

namespace metal_emulator {

unsigned Simdgroup::lane_number(unsigned k, Order order, std::mt19937& random) {
  const auto count = static_cast<unsigned>(lanes_.size());
  if (order == Order::forward) return k;
  if (order == Order::reverse) return count - 1 - k;
  if (k == 0) {
    std::iota(shuffled_, shuffled_ + count, static_cast<unsigned char>(0));
    std::shuffle(shuffled_, shuffled_ + count, random);
  }
  return shuffled_[k];
}

void Simdgroup::unblock() {
  is_blocked_ = false;
  for (Lane& lane : lanes_) {
    if (lane.state == LaneState::at_threadgroup_barrier) lane.state = LaneState::ready;
  }
}

std::string Simdgroup::meet(Checker* checker) {
  const auto leader =
      std::find_if(lanes_.begin(), lanes_.end(), [](const Lane& lane) { return lane.waits_for_simdgroup(); });
  if (leader == lanes_.end()) {
    is_blocked_ = true;
    return "";
  }
  std::uint32_t active = 0;
  for (const Lane& lane : lanes_) {
    if (lane.state == LaneState::done) continue;
    if (!lane.waits_as(*leader)) {
      return text_of(leader->place) +
             ": a simdgroup function in divergent control flow: lanes of a simdgroup wait at different ones";
    }
    active |= 1u << lane.inputs.lane;
  }
  if (leader->state == LaneState::at_exchange) {
    exchange_of(*leader).active = active;
  } else if (checker != nullptr) {
    checker->simdgroup_barrier(leader->inputs.simdgroup, leader->operation);
  }
  for (Lane& lane : lanes_) {
    if (lane.state != LaneState::done) lane.state = LaneState::ready;
  }
  return "";
}

}  // namespace metal_emulator

#include "grid/group_order.h"

#include <numeric>
#include <random>

namespace metal_emulator {

GroupOrder::GroupOrder(Order order, std::uint32_t seed, std::uint64_t total) : total_(total) {
  if (order == Order::reverse) {
    first_ = total - 1;
    step_ = total - 1;
  } else if (order == Order::random) {
    std::mt19937 random(seed);
    first_ = random() % total;
    step_ = 1 + random() % total;
    while (std::gcd(step_, total) != 1) ++step_;
  }
  if (step_ == 0) step_ = 1;
}

}  // namespace metal_emulator

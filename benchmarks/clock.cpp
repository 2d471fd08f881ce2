#include "clock.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace anneal::bench {
namespace {

// The compiler may not fold an addition into the next: it cannot see what the sum is.
inline void add(std::uint64_t& sum, std::uint64_t step) {
  sum += step;
  asm volatile("" : "+r"(sum));
}

double chain_hertz() {
  constexpr int repeats = 100'000, links = 16;
  std::uint64_t sum = 0, step = 1;
  asm volatile("" : "+r"(step));
  const auto start = std::chrono::steady_clock::now();
  for (int repeat = 0; repeat < repeats; ++repeat) {
    for (int link = 0; link < links; ++link) add(sum, step);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  return repeats * links / elapsed.count();
}

}  // namespace

double measured_hertz() {
  double highest = 0;
  for (int run = 0; run < 15; ++run) highest = std::max(highest, chain_hertz());
  return highest;
}

}  // namespace anneal::bench

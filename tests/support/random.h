// Random numbers that are the same with every standard library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>

namespace anneal::test {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// 0..count-1.
  std::uint64_t below(std::uint64_t count) { return engine_() % count; }
  /// lowest..highest, both included.
  int between(int lowest, int highest) {
    return lowest + static_cast<int>(below(static_cast<std::uint64_t>(highest - lowest) + 1));
  }
  bool chance(double probability) {
    return static_cast<double>(engine_() >> 11) < probability * 9007199254740992.0;  // 2^53
  }
  template <typename Range>
  decltype(auto) pick(const Range& values) {
    return values[below(std::size(values))];
  }
  std::uint64_t seed() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace anneal::test

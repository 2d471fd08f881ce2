// A score that the next pair of a batch will probably reach, judged by those before.
//
// LocalStrips fills the less of a matrix the higher the score is that matters. A pair that scores less than guessed is
// filled again, with what was found as the least score.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>

namespace anneal::align::cpu {

/// Used by several threads at once.
class LeastScore {
 public:
  /// For a pair that scores `most` at most; 1 until enough pairs were noted.
  std::int64_t guess(std::int64_t most) const {
    return std::max<std::int64_t>(1, most * chosen_.load(std::memory_order_relaxed) / parts);
  }
  void note(std::int64_t score, std::int64_t most);

 private:
  static constexpr std::int64_t parts = 128;

  void choose(std::uint64_t total);

  std::array<std::atomic<std::uint32_t>, parts + 1> seen_{};  // scores, in parts of the most
  std::atomic<std::uint64_t> total_{0};
  std::atomic<std::uint64_t> next_choice_{8};
  std::atomic<std::int64_t> chosen_{0};
};

}  // namespace anneal::align::cpu

// A line on the terminal that says how far a long run is.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace anneal::cli {

/// Prints only where standard error is a terminal. Used by one thread at a time.
class Progress {
 public:
  explicit Progress(bool wanted, std::string_view noun = "pairs");
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void add(std::uint64_t count);
  /// Removes the line, so that a message can follow.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  bool wanted_;
  bool shown_ = false;
  std::string_view noun_;
  std::uint64_t count_ = 0;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = begin_;
};

}  // namespace anneal::cli

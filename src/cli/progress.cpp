#include "cli/progress.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cstdio>

namespace anneal::cli {

Progress::Progress(bool wanted, std::string_view noun) : wanted_(wanted && isatty(STDERR_FILENO) != 0), noun_(noun) {}

Progress::~Progress() { clear(); }

void Progress::add(std::uint64_t count) {
  count_ += count;
  const Clock::time_point now = Clock::now();
  if (!wanted_ || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  fmt::print(stderr, "\ranneal: {0} {1}, {2:.0f} s, {3:.0f} {1}/s\x1b[K", count_, noun_, seconds,
             static_cast<double>(count_) / seconds);
}

void Progress::clear() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

}  // namespace anneal::cli

#include "cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace anneal::cli {

Progress::Progress(bool wanted) : wanted_(wanted && isatty(STDERR_FILENO) != 0) {}

Progress::~Progress() { clear(); }

void Progress::add(std::uint64_t pairs) {
  pairs_ += pairs;
  const Clock::time_point now = Clock::now();
  if (!wanted_ || now - last_ < std::chrono::milliseconds(200)) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - begin_).count();
  fmt::print(stderr, "\ranneal: {} pairs, {:.0f} s, {:.0f} pairs/s\x1b[K", pairs_, seconds,
             static_cast<double>(pairs_) / seconds);
}

void Progress::clear() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

}  // namespace anneal::cli

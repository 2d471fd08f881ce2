#include "align/cuda/device_clock.h"

#include <algorithm>

namespace anneal::align::cuda {

void DeviceClock::count(const Span& span) {
  const double from = span.begin_->elapsed_since(*start_), to = span.end_->elapsed_since(*start_);
  const std::scoped_lock lock(mutex_);
  spans_.emplace_back(from, to);
}

double DeviceClock::seconds() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::pair<double, double>> spans = spans_;
  std::ranges::sort(spans);
  double sum = 0, covered = 0;
  for (const auto& [from, to] : spans) {
    sum += std::max(to - std::max(from, covered), 0.0);
    covered = std::max(covered, to);
  }
  return sum;
}

}  // namespace anneal::align::cuda

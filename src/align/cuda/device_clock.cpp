#include "align/cuda/device_clock.h"

#include "align/gpu/span_union.h"

namespace anneal::align::cuda {

void DeviceClock::count(const Span& span) {
  const double from = span.begin_->elapsed_since(*start_), to = span.end_->elapsed_since(*start_);
  const std::scoped_lock lock(mutex_);
  spans_.emplace_back(from, to);
}

double DeviceClock::seconds() const {
  const std::scoped_lock lock(mutex_);
  return gpu::seconds_of_any(spans_);
}

}  // namespace anneal::align::cuda

#include "io/interval_set.h"

#include <algorithm>

namespace anneal::io {

void IntervalSet::add(Interval interval) {
  if (interval.begin >= interval.end) return;
  const auto first = std::find_if(intervals_.begin(), intervals_.end(),
                                  [&](const Interval& other) { return other.end >= interval.begin; });
  auto last = first;
  for (; last != intervals_.end() && last->begin <= interval.end; ++last) {
    interval.begin = std::min(interval.begin, last->begin);
    interval.end = std::max(interval.end, last->end);
  }
  intervals_.insert(intervals_.erase(first, last), interval);
}

std::vector<Interval> IntervalSet::uncovered(Interval interval) const {
  std::vector<Interval> parts;
  for (const Interval& covered : intervals_) {
    if (covered.end <= interval.begin) continue;
    if (covered.begin >= interval.end) break;
    if (covered.begin > interval.begin) parts.push_back({interval.begin, covered.begin});
    interval.begin = covered.end;
  }
  if (interval.begin < interval.end) parts.push_back(interval);
  return parts;
}

std::int64_t IntervalSet::size() const {
  std::int64_t positions = 0;
  for (const Interval& interval : intervals_) positions += interval.end - interval.begin;
  return positions;
}

}  // namespace anneal::io

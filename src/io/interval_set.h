// Which positions of a sequence are covered.
#pragma once

#include <cstdint>
#include <vector>

#include "io/aligned_pair.h"

namespace anneal::io {

class IntervalSet {
 public:
  /// Nothing where the interval is empty.
  void add(Interval interval);
  /// The parts of the interval that are not covered, ascending.
  std::vector<Interval> uncovered(Interval interval) const;
  /// Positions covered.
  std::int64_t size() const;

 private:
  std::vector<Interval> intervals_;  // ascending, not empty, with positions between them
};

}  // namespace anneal::io

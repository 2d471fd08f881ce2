// Columns of a pair's matrix in which a local alignment may not end, though it may go through them.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// Target ends `first` .. `last`; none where `last` is less.
struct ExcludedEnds {
  int first = 0;
  int last = -1;

  ANNEAL_FN bool contain(long target_end) const { return first <= target_end && target_end <= last; }
  ANNEAL_FN bool contain_all(long target_letters) const { return first <= 1 && target_letters <= last; }
};

}  // namespace anneal::align::recurrence

// Rows of a matrix that wait in memory.
#pragma once

#include "align/recurrence/compat.h"

namespace anneal::align::recurrence {

/// What a lane reads and writes at once.
struct alignas(16) FourInts {
  int at[4];
};

}  // namespace anneal::align::recurrence

// Whether answers are right.
#pragma once

#include "contest.h"

namespace anneal::bench {

/// What the scalar engine says about the first `count` pairs, without paths.
AlignResults reference_results(const Contest& contest, std::size_t count);

/// Counts what differs from `reference` in `entry`, and says whether it may stay. Only anneal itself is out for other
/// ends; of a contestant by other rules the scores alone are compared, and it is never out.
bool judge(Entry& entry, const Contest& contest, const std::vector<Answer>& answers, const AlignResults& reference,
           Paths paths);

}  // namespace anneal::bench

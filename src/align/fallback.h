// Pairs that an engine cannot do, done by another one.
#pragma once

#include <cstddef>
#include <vector>

#include "align/cigar_collector.h"
#include "align/engine.h"
#include "align/run.h"

namespace anneal::align {

/// Aligns the pairs by `engine` and stores what it finds in `run`, which counts them as fallbacks. CIGARs are appended
/// to `cigars` as those of `writer`; null where none are wanted.
void solve_by(const Engine& engine, Run& run, const std::vector<std::size_t>& pairs, CigarCollector* cigars,
              int writer);

}  // namespace anneal::align

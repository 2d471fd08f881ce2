// Pairs one side of which has no letters.
#pragma once

#include <cstddef>

#include "align/run.h"

namespace anneal::align {

/// Stores score and end of such a pair, whose matrix is a single row or column. Not for extensions.
void store_empty_pair(Run& run, std::size_t pair);
/// For extensions: nothing is extended.
void store_empty_extension(Run& run, std::size_t pair);

}  // namespace anneal::align

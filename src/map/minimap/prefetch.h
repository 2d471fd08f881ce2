// Minimizers of reads lie anywhere in an index, so that each look-up waits for memory several times.
#pragma once

#include <span>

#include "map/minimap/library.h"

namespace anneal::map {

/// Asks for all that mm_idx_get() will read for these minimizers, so that the waits overlap. Changes nothing.
void prefetch(const mm_idx_t& index, std::span<const mm128_t> minimizers);

}  // namespace anneal::map

// A dump as an index that can be used, without a look at memory that is not its own.
#pragma once

#include "map/minimap/dump.h"
#include "map/minimap/index.h"

namespace anneal::map {

/// Equal to what minimap2's mm_idx_load() makes of a dump, by all of TBB's threads. Null where minimizers are not where
/// the targets have letters, or come twice, or letters are none.
OwnedIndex index_of(const DumpParts& parts);

}  // namespace anneal::map

// The minimizers of reads: minimap2's mm_sketch(), with the same results.
#pragma once

#include <cstdint>
#include <string_view>

#include "map/minimap/pool.h"

namespace anneal::map {

struct SketchOptions {
  int window = 0;              ///< consecutive k-mers, 1 to 255, of which the one with the least hash is taken
  int k = 0;                   ///< 1 to 28
  bool is_compressed = false;  ///< runs of a letter count as one
};

/// Appends them to what is the pool's. There is one letter at least.
void append_minimizers(const Pool& pool, std::string_view letters, const SketchOptions& options, std::uint32_t segment,
                       mm128_v& minimizers);

}  // namespace anneal::map
